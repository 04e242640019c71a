//! A person's browser, as small as these tests need it: cookies, forms as they stand in the page,
//! and a connection that may break at any moment.

use reqwest::header::LOCATION;
use reqwest::multipart;
use scraper::{ElementRef, Html, Selector};

/// The process was gone before it had answered.
#[derive(Debug)]
pub(super) struct Cut;

#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) location: String,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// What a page says, without its markup.
    pub(super) fn words(&self) -> String {
        let html = Html::parse_document(&self.text());
        html.root_element().text().collect::<Vec<_>>().join(" ")
    }

    /// Where a change that was made leads to.
    #[track_caller]
    pub(super) fn leads_below(self, path: &str) -> String {
        assert_eq!(self.status, 303, "{}", self.words());
        assert!(
            self.location.starts_with(path),
            "leads to {}",
            self.location
        );
        self.location
    }

    #[track_caller]
    pub(super) fn ok(self) -> Self {
        assert_eq!(self.status, 200, "{}", self.words());
        self
    }
}

pub(super) type Fields = Vec<(String, String)>;

#[derive(Clone)]
pub(super) struct Client {
    http: reqwest::Client,
    pub(super) root: String,
}

impl Client {
    pub(super) fn of(root: &str) -> Self {
        let http = reqwest::Client::builder()
            .cookie_store(true)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self {
            http,
            root: root.to_owned(),
        }
    }

    pub(super) async fn get(&self, path: &str) -> Result<Answer, Cut> {
        answer(self.http.get(format!("{}{path}", self.root))).await
    }

    pub(super) async fn send(&self, path: &str, fields: &Fields) -> Result<Answer, Cut> {
        answer(self.post(path).form(fields)).await
    }

    pub(super) async fn upload(&self, name: &str, bytes: Vec<u8>) -> Result<Answer, Cut> {
        self.upload_part(multipart::Part::bytes(bytes), name).await
    }

    pub(super) async fn upload_part(
        &self,
        part: multipart::Part,
        name: &str,
    ) -> Result<Answer, Cut> {
        let form = multipart::Form::new().part("pictures", part.file_name(name.to_owned()));
        answer(self.post("/admin/images").multipart(form)).await
    }

    fn post(&self, path: &str) -> reqwest::RequestBuilder {
        self.http
            .post(format!("{}{path}", self.root))
            .header("sec-fetch-site", "same-origin")
    }

    /// Opens a page, fills its form in and sends it to the address that the page belongs to.
    pub(super) async fn fill(
        &self,
        page: &str,
        path: &str,
        typed: &[(&str, &str)],
    ) -> Result<Answer, Cut> {
        let mut fields = form(&self.get(page).await?.ok());
        for (name, value) in typed {
            fields.retain(|(known, _)| known != name);
            fields.push(((*name).to_owned(), (*value).to_owned()));
        }
        self.send(path, &fields).await
    }

    pub(super) async fn sign_in(&self, mail: &str, password: &str) -> Result<Answer, Cut> {
        let fields = [("mail", mail), ("password", password)];
        self.send("/admin/sign-in", &owned(&fields)).await
    }
}

pub(super) fn owned(fields: &[(&str, &str)]) -> Fields {
    fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

async fn answer(request: reqwest::RequestBuilder) -> Result<Answer, Cut> {
    let response = request.send().await.map_err(|_gone| Cut)?;
    let location = response.headers().get(LOCATION);
    let location = location.map_or("", |value| value.to_str().unwrap());
    Ok(Answer {
        status: response.status().as_u16(),
        location: location.to_owned(),
        body: response.bytes().await.map_err(|_gone| Cut)?.to_vec(),
    })
}

/// The fields of the page's form that changes most, as a browser would send them.
pub(super) fn form(page: &Answer) -> Fields {
    let html = Html::parse_document(&page.text());
    let forms = Selector::parse("form").unwrap();
    let key = Selector::parse("[name=form_key]").unwrap();
    let controls = Selector::parse("input[name], textarea[name], select[name]").unwrap();
    let form = html
        .select(&forms)
        .filter(|form| form.select(&key).next().is_some())
        .max_by_key(|form| form.select(&controls).count())
        .unwrap_or_else(|| panic!("no form: {}", page.words()));
    form.select(&controls).filter_map(field).collect()
}

fn field(control: ElementRef<'_>) -> Option<(String, String)> {
    let attribute = |name: &str| control.value().attr(name);
    let value = match (control.value().name(), attribute("type")) {
        ("textarea", _) => control.text().collect(),
        ("select", _) => chosen(control),
        (_, Some("checkbox" | "radio")) => {
            attribute("checked")?;
            attribute("value").unwrap_or("on").to_owned()
        }
        (_, Some("submit" | "button" | "file")) => return None,
        _ => attribute("value").unwrap_or_default().to_owned(),
    };
    Some((attribute("name")?.to_owned(), value))
}

fn chosen(select: ElementRef<'_>) -> String {
    let of = |css: &str| {
        let option = Selector::parse(css).unwrap();
        let first = select.select(&option).next();
        first.and_then(|option| option.value().attr("value"))
    };
    of("option[selected]")
        .or_else(|| of("option"))
        .unwrap_or_default()
        .to_owned()
}
