//! A browser, not a client: it finds fields by their labels and sends the forms that are on the page.

use reqwest::multipart::{Form as Multipart, Part};
use reqwest::{Client, Method, RequestBuilder, redirect};

use super::checks::check;
use super::form::{Form, Holds};
use super::page::{Page, selector, words_of};

/// One person's browser, with its cookies. It is nobody's until somebody signs in.
#[derive(Clone)]
pub(crate) struct Browser {
    client: Client,
    root: String,
}

/// A page that is open, with whatever was typed into it so far.
#[derive(Clone)]
pub(crate) struct Tab<'a> {
    browser: &'a Browser,
    pub(crate) page: Page,
    forms: Vec<Form>,
}

impl std::ops::Deref for Tab<'_> {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.page
    }
}

impl Browser {
    pub(super) fn new(root: &str) -> Self {
        let client = Client::builder()
            .cookie_store(true)
            .redirect(redirect::Policy::none());
        Self {
            client: client.build().unwrap(),
            root: root.to_owned(),
        }
    }

    /// The answer to a request of one's own making; redirects are answers.
    pub(crate) fn request(&self, method: Method, address: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}{address}", self.root))
    }

    /// The answer of exactly this address; redirects are answers.
    pub(crate) async fn get(&self, address: &str) -> Page {
        self.send(address, self.request(Method::GET, address)).await
    }

    pub(crate) async fn send(&self, address: &str, request: RequestBuilder) -> Page {
        let response = request.send().await.unwrap();
        let page = Page {
            address: address.to_owned(),
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: response.bytes().await.unwrap().to_vec(),
        };
        check(&page, &self.root);
        page
    }

    /// Opens an address, and goes wherever it leads.
    pub(crate) async fn open(&self, address: &str) -> Tab<'_> {
        self.arrive(self.get(address).await).await
    }

    async fn arrive(&self, mut page: Page) -> Tab<'_> {
        const STEPS: usize = 5;
        for _ in 0..STEPS {
            if !matches!(page.status, 301..=303) {
                let forms = Form::all(&page);
                return Tab {
                    browser: self,
                    page,
                    forms,
                };
            }
            let to = page.header("location").to_owned();
            page = self.get(to.strip_prefix(&self.root).unwrap_or(&to)).await;
        }
        panic!("{} leads in a circle", page.address);
    }

    /// What a press on the button sends, from a page of the room.
    async fn submit(&self, form: &Form, pressed: usize) -> Page {
        let pairs = form.pairs(pressed);
        if !form.is_post {
            let query = encoded(&pairs);
            return self.get(&format!("{}?{query}", form.action)).await;
        }
        let request = self
            .request(Method::POST, &form.action)
            .header("origin", &self.root);
        let request = if form.is_multipart {
            request.multipart(parts(form, pairs))
        } else {
            request
                .header("content-type", "application/x-www-form-urlencoded")
                .body(encoded(&pairs))
        };
        self.send(&form.action, request).await
    }
}

fn encoded(pairs: &[(String, String)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

fn parts(form: &Form, pairs: Vec<(String, String)>) -> Multipart {
    let mut sent = Multipart::new();
    for (name, value) in pairs {
        sent = sent.text(name, value);
    }
    for (field, name, bytes) in form.files() {
        sent = sent.part(field, Part::bytes(bytes).file_name(name));
    }
    sent
}

impl<'a> Tab<'a> {
    /// The one field of that name that `fits`.
    fn field(&mut self, label: &str, fits: fn(&Holds) -> bool) -> &mut super::form::Field {
        let address = self.page.address.clone();
        let all = self.forms.iter_mut().flat_map(|form| &mut form.fields);
        let mut known = Vec::new();
        let mut found = None;
        for field in all {
            known.push(field.label.clone());
            if field.is_called(label) && fits(&field.holds) {
                assert!(found.is_none(), "{address}: “{label}” stands twice");
                found = Some(field);
            }
        }
        let field = found.unwrap_or_else(|| panic!("{address}: no “{label}” among {known:?}"));
        assert!(!field.disabled, "{address}: “{label}” is disabled");
        field
    }

    /// Types into a field; what stood there is gone. Where a label stands in several groups, the
    /// group comes first: `Mara Lind › Role`.
    #[must_use]
    pub(crate) fn fill(mut self, label: &str, words: &str) -> Self {
        let field = self.field(label, |holds| matches!(holds, Holds::Text(_)));
        field.holds = Holds::Text(words.to_owned());
        self
    }

    /// What a script puts into a hidden field, wherever it stands.
    #[must_use]
    pub(crate) fn script_fills(mut self, name: &str, words: &str) -> Self {
        let fields = self.forms.iter_mut().flat_map(|form| &mut form.fields);
        let mut hidden = fields.filter(|field| field.name == name);
        let field = hidden
            .next()
            .unwrap_or_else(|| panic!("no hidden “{name}”"));
        assert!(matches!(field.holds, Holds::Hidden(_)), "“{name}” is seen");
        field.holds = Holds::Hidden(words.to_owned());
        assert!(hidden.next().is_none(), "“{name}” stands twice");
        drop(hidden);
        self
    }

    /// What stands in a field now.
    pub(crate) fn filled(&mut self, label: &str) -> String {
        let field = self.field(label, |holds| matches!(holds, Holds::Text(_)));
        let Holds::Text(words) = &field.holds else {
            return String::new();
        };
        words.clone()
    }

    /// Chooses from a list, or among the radio buttons under that legend, by how the choice begins.
    #[must_use]
    pub(crate) fn choose(mut self, label: &str, choice: &str) -> Self {
        let fields = self.forms.iter_mut().flat_map(|form| &mut form.fields);
        let mut done = 0;
        for field in fields {
            let begins = field.label.starts_with(choice);
            if let Holds::Options { all, chosen } = &mut field.holds
                && field.label == label
            {
                let place = all.iter().position(|(_, words)| words.starts_with(choice));
                *chosen = place.unwrap_or_else(|| panic!("no “{choice}” among {all:?}"));
                done += 1;
            }
            if let Holds::Pick {
                chosen,
                radio: true,
                ..
            } = &mut field.holds
                && field.group == label
            {
                *chosen = begins;
                done += usize::from(begins);
            }
        }
        assert_eq!(done, 1, "{}: “{choice}” of “{label}”", self.page.address);
        self
    }

    /// Sets or clears a checkbox.
    #[must_use]
    pub(crate) fn tick(mut self, label: &str, on: bool) -> Self {
        let field = self.field(label, |holds| matches!(holds, Holds::Pick { .. }));
        if let Holds::Pick { chosen, .. } = &mut field.holds {
            *chosen = on;
        }
        self
    }

    /// Adds a file to those that a field will send.
    #[must_use]
    pub(crate) fn attach(mut self, label: &str, name: &str, bytes: &[u8]) -> Self {
        let field = self.field(label, |holds| matches!(holds, Holds::Files(_)));
        if let Holds::Files(files) = &mut field.holds {
            files.push((name.to_owned(), bytes.to_vec()));
        }
        self
    }

    /// Turns every form of the page to another address, as somebody could who writes requests by hand.
    pub(crate) fn aim_at(&mut self, address: &str) {
        for form in &mut self.forms {
            address.clone_into(&mut form.action);
        }
    }

    /// The same page and what was typed, sent by somebody else, who may not have been given it.
    #[must_use]
    pub(crate) fn sent_by(mut self, browser: &'a Browser) -> Self {
        self.browser = browser;
        self
    }

    /// Presses a button, and arrives wherever that leads.
    pub(crate) async fn press(&self, button: &str) -> Tab<'a> {
        let answer = self.pressed(button).await;
        self.browser.arrive(answer).await
    }

    /// Presses a button; the answer as it is, be it a redirect.
    pub(crate) async fn pressed(&self, button: &str) -> Page {
        let is_it = |field: &super::form::Field| {
            field.label == button && matches!(field.holds, Holds::Button { .. })
        };
        let mut with = self
            .forms
            .iter()
            .filter_map(|form| Some((form, form.fields.iter().position(is_it)?)));
        let found = with.next();
        let (form, place) =
            found.unwrap_or_else(|| panic!("{}: no button “{button}”", self.page.address));
        assert!(with.next().is_none(), "“{button}” stands twice");
        self.browser.submit(form, place).await
    }

    /// Follows the link with these words.
    pub(crate) async fn click(&self, words: &str) -> Tab<'a> {
        let html = self.page.html();
        let href = html
            .select(&selector("a[href]"))
            .find(|link| words_of(*link) == words)
            .and_then(|link| link.attr("href").map(str::to_owned));
        let href = href.unwrap_or_else(|| panic!("{}: no link “{words}”", self.page.address));
        self.browser.open(&href).await
    }
}
