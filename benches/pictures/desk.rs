//! An editor who uploads photos: signs in, sends the form of the library, and is led to the page of the picture.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use dateline::media::{CopyName, ImageId, RenditionFormat, widths};
use dateline::samples::Account;
use dateline::web::paths;
use reqwest::multipart::{Form, Part};
use scraper::{Html, Selector};

use crate::photo;

const PATIENCE: Duration = Duration::from_mins(2);
const BETWEEN: Duration = Duration::from_millis(10);

pub(crate) struct Desk {
    http: reqwest::Client,
    root: String,
}

/// How long it took from the first byte sent.
pub(crate) struct Uploaded {
    /// Until the page where the picture is described had come whole.
    pub(crate) page: Duration,
    /// Until every JPEG and WebP was there.
    pub(crate) renditions: Duration,
}

impl Desk {
    pub(crate) async fn of(account: &Account, port: u16) -> Result<Self> {
        let desk = Self {
            http: reqwest::Client::builder().cookie_store(true).build()?,
            root: format!("http://127.0.0.1:{port}"),
        };
        let fields = [("mail", &account.mail), ("password", &account.password)];
        let sent = desk.post(paths::SIGN_IN).form(&fields).send().await?;
        ensure!(
            sent.url().path() == paths::MY_WORK,
            "sign-in: {}",
            sent.url()
        );
        Ok(desk)
    }

    fn post(&self, path: &str) -> reqwest::RequestBuilder {
        let request = self.http.post(format!("{}{path}", self.root));
        request.header("sec-fetch-site", "same-origin")
    }

    /// Sends one photo, and waits for what becomes of it.
    pub(crate) async fn upload(&self, photo: Vec<u8>) -> Result<Uploaded> {
        let library = self.http.get(format!("{}{}", self.root, paths::IMAGES));
        let key = form_key(&library.send().await?.text().await?)?;
        let file = Part::bytes(photo).file_name("photo.jpg");
        let form = Form::new().text("form_key", key).part("pictures", file);
        let begun = Instant::now();
        let page = self
            .post(paths::IMAGES)
            .multipart(form)
            .timeout(PATIENCE)
            .send()
            .await?;
        let (status, path) = (page.status(), page.url().path().to_owned());
        let _words = page.text().await?;
        let answered = begun.elapsed();
        ensure!(status == 200, "the upload answers {status}");
        let number = path.rsplit('/').next().unwrap_or_default();
        let image = number.parse().with_context(|| format!("led to {path}"))?;
        self.all_there(image, begun).await?;
        Ok(Uploaded {
            page: answered,
            renditions: begun.elapsed(),
        })
    }

    async fn all_there(&self, image: ImageId, begun: Instant) -> Result<()> {
        for width in widths(u32::from(photo::WIDTH)) {
            for format in [RenditionFormat::Jpeg, RenditionFormat::Webp] {
                let address = paths::staff_rendition(image, CopyName::whole(width, format));
                let address = format!("{}{address}", self.root);
                while self.http.get(&address).send().await?.status() != 200 {
                    if begun.elapsed() > PATIENCE {
                        bail!("{address} is not there");
                    }
                    tokio::time::sleep(BETWEEN).await;
                }
            }
        }
        Ok(())
    }
}

fn form_key(page: &str) -> Result<String> {
    let html = Html::parse_document(page);
    let field = Selector::parse("form[enctype] [name=form_key]").ok();
    let field = field.context("no selector")?;
    let key = html.select(&field).next();
    let key = key.and_then(|field| field.value().attr("value"));
    Ok(key.context("the library has no form")?.to_owned())
}
