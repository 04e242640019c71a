//! An editor in a browser, as small as this needs it: signs in, and sends the form of a page.

use anyhow::{Context, Result, ensure};
use dateline::samples::Account;
use reqwest::redirect::Policy;
use scraper::{Html, Selector};
use tokio::runtime::Runtime;

pub(crate) struct Browser {
    http: reqwest::Client,
    runtime: Runtime,
    root: String,
}

/// The form of a page, with what stands in it.
pub(crate) struct Form {
    path: String,
    fields: Vec<(String, String)>,
}

impl Browser {
    /// Signs in at the server on this port.
    pub(crate) fn of(account: &Account, port: u16) -> Result<Self> {
        let browser = Self {
            http: reqwest::Client::builder()
                .cookie_store(true)
                .redirect(Policy::none())
                .build()?,
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?,
            root: format!("http://127.0.0.1:{port}"),
        };
        browser.send(&Form {
            path: "/admin/sign-in".to_owned(),
            fields: vec![
                ("mail".to_owned(), account.mail.clone()),
                ("password".to_owned(), account.password.clone()),
            ],
        })?;
        Ok(browser)
    }

    pub(crate) fn page(&self, path: &str) -> Result<String> {
        self.runtime.block_on(async {
            let response = self.http.get(format!("{}{path}", self.root)).send().await?;
            ensure!(response.status() == 200, "{path}: {}", response.status());
            Ok(response.text().await?)
        })
    }

    /// The form that changes something on the page at this path, which it is sent to.
    pub(crate) fn form(&self, path: &str) -> Result<Form> {
        let html = Html::parse_document(&self.page(path)?);
        let css = |css: &str| Selector::parse(css).ok().context("no selector");
        let (forms, key) = (css("form")?, css("[name=form_key]")?);
        let inputs = css("input[type=hidden][name], textarea[name]")?;
        let form = html
            .select(&forms)
            .find(|form| form.select(&key).next().is_some())
            .with_context(|| format!("{path} has no form"))?;
        let fields = form.select(&inputs).filter_map(|input| {
            let name = input.value().attr("name")?;
            let value = input.value().attr("value").unwrap_or_default();
            Some((name.to_owned(), value.to_owned()))
        });
        Ok(Form {
            path: path.to_owned(),
            fields: fields.collect(),
        })
    }

    /// Sends a form and is led on.
    pub(crate) fn send(&self, form: &Form) -> Result<()> {
        self.runtime.block_on(async {
            let request = self.http.post(format!("{}{}", self.root, form.path));
            let request = request.header("sec-fetch-site", "same-origin");
            let response = request.form(&form.fields).send().await?;
            ensure!(
                response.status() == 303,
                "{}: {}",
                form.path,
                response.status()
            );
            Ok(())
        })
    }
}
