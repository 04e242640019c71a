//! A device that holds passkeys, and the script that stands between it and a page.

use reqwest::Method;
use serde_json::{Value, json};
use webauthn_authenticator_rs::WebauthnAuthenticator;
use webauthn_authenticator_rs::prelude::Url;
use webauthn_authenticator_rs::softpasskey::SoftPasskey;

use super::browser::{Browser, Tab};
use super::room::Room;

pub(crate) struct Device {
    holder: SoftPasskey,
    origin: Url,
    /// How it knows its owner, and what it calls the key, once there is one.
    owner: Value,
    key: Value,
}

/// What a browser answered to which question.
#[derive(Clone)]
pub(crate) struct Answered {
    pub(crate) question: String,
    pub(crate) answer: String,
}

impl Device {
    pub(crate) fn new(room: &Room) -> Self {
        Self {
            // It says that it asked its owner.
            holder: SoftPasskey::new(true),
            origin: Url::parse(&room.address).unwrap(),
            owner: Value::Null,
            key: Value::Null,
        }
    }

    /// Makes a key for whoever asks at this address.
    pub(crate) async fn makes(&mut self, browser: &Browser, asks: &str) -> Answered {
        let (question, options) = asked(browser, asks).await;
        self.owner = options["publicKey"]["user"]["id"].clone();
        let options = serde_json::from_value(options).unwrap();
        let made = self.holder.do_registration(self.origin.clone(), options);
        let made = serde_json::to_value(made.unwrap()).unwrap();
        self.key = made["rawId"].clone();
        Answered {
            question,
            answer: made.to_string(),
        }
    }

    /// Proves that it has its key, to whoever asks at this address.
    pub(crate) async fn proves(&mut self, browser: &Browser, asks: &str) -> Answered {
        let (question, mut options) = asked(browser, asks).await;
        // It lists its keys itself where it is not told which.
        options["publicKey"]["allowCredentials"] =
            json!([{ "type": "public-key", "id": self.key }]);
        let options = serde_json::from_value(options).unwrap();
        let proof = self.holder.do_authentication(self.origin.clone(), options);
        let mut proof = serde_json::to_value(proof.unwrap()).unwrap();
        proof["response"]["userHandle"] = self.owner.clone();
        Answered {
            question,
            answer: proof.to_string(),
        }
    }
}

async fn asked(browser: &Browser, asks: &str) -> (String, Value) {
    let asks = browser.request(Method::POST, asks);
    let answer = asks.header("sec-fetch-site", "same-origin").send();
    let answer = answer.await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-type"], "application/json");
    let asked: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
    let name = asked["name"].as_str().unwrap().to_owned();
    (name, asked["options"].clone())
}

impl Answered {
    /// As the script puts it into the page's form.
    pub(crate) fn in_form<'a>(&self, page: Tab<'a>) -> Tab<'a> {
        self.in_fields(page, "")
    }

    /// The same where the names of the fields begin with something.
    pub(crate) fn in_fields<'a>(&self, page: Tab<'a>, prefix: &str) -> Tab<'a> {
        page.script_fills(&format!("{prefix}question"), &self.question)
            .script_fills(&format!("{prefix}answer"), &self.answer)
    }
}
