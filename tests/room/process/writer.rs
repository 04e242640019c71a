//! A room of the real binary with its first account, and what its editor does in it.

use std::io::Cursor;
use std::path::Path;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use super::binary::Running;
use super::client::{Answer, Client, Cut, form, owned};

pub(super) const MAIL: &str = "ada@example.org";
pub(super) const PASSWORD: &str = "five unrelated words are enough";

/// Starts a room that nobody has opened yet, opens it, and leaves its editor signed in.
pub(super) async fn opened(room: &Path) -> (Running, Client) {
    let mut running = Running::serve(room);
    let set_up = running.line("set-up");
    let client = Client::of(&running.readers);
    open_room(&client, &set_up).await.leads_below("/admin");
    (running, client)
}

/// Sends the set-up form to the address that the start printed.
pub(super) async fn open_room(client: &Client, set_up: &str) -> Answer {
    let (path, token) = token_of(client, set_up);
    let fields = [
        ("token", token),
        ("room_name", "The harbour news"),
        ("name", "Ada Writer"),
        ("mail", MAIL),
        ("password", PASSWORD),
    ];
    client.send(path, &owned(&fields)).await.unwrap()
}

/// The path and the key of the printed address.
pub(super) fn token_of<'a>(client: &Client, set_up: &'a str) -> (&'a str, &'a str) {
    let path = set_up.strip_prefix(client.root.as_str()).unwrap();
    path.split_once("?token=").unwrap()
}

/// The number at the end of an address such as `/admin/items/7`.
pub(super) fn number_in(address: &str) -> i64 {
    let path = address.split('?').next().unwrap();
    path.rsplit('/').next().unwrap().parse().unwrap()
}

impl Client {
    /// Starts an item from the blank editor; its number.
    pub(super) async fn write_item(&self, typed: &[(&str, &str)]) -> Result<i64, Cut> {
        let answer = self.fill("/admin/items/new", "/admin/items", typed).await?;
        Ok(number_in(&answer.leads_below("/admin/items/")))
    }

    pub(super) async fn save_item(&self, item: i64, typed: &[(&str, &str)]) -> Result<(), Cut> {
        let page = format!("/admin/items/{item}");
        self.fill(&page, &page, typed).await?.leads_below(&page);
        Ok(())
    }

    /// Publishes the newest words, also over live ones.
    pub(super) async fn publish_item(&self, item: i64, typed: &[(&str, &str)]) -> Result<(), Cut> {
        let page = format!("/admin/items/{item}/publications");
        self.fill(&page, &page, typed)
            .await?
            .leads_below(&format!("/admin/items/{item}"));
        Ok(())
    }

    /// Uploads one photo; its number.
    pub(super) async fn add_photo(&self, bytes: Vec<u8>) -> Result<i64, Cut> {
        let answer = self.upload("photo.jpg", bytes).await?;
        Ok(number_in(&answer.leads_below("/admin/images/")))
    }

    pub(super) async fn describe_photo(&self, image: i64, alt: &str) -> Result<(), Cut> {
        let page = format!("/admin/images/{image}");
        let typed = [("alt_choice", "written"), ("alt_text", alt)];
        self.fill(&page, &page, &typed).await?.leads_below(&page);
        Ok(())
    }

    /// The value of a field of the editor's form.
    pub(super) async fn field_of_item(&self, item: i64, name: &str) -> Result<String, Cut> {
        let page = self.get(&format!("/admin/items/{item}")).await?.ok();
        let found = form(&page).into_iter().find(|(known, _)| known == name);
        Ok(found.map(|(_, value)| value).unwrap())
    }
}

pub(super) const PHOTO: (u32, u32) = (340, 200);

/// A small JPEG that no other number gives.
pub(super) fn photo(number: u64) -> Vec<u8> {
    let shades = number.to_le_bytes();
    // One flat tile for each bit, so that the encoder cannot smooth the number away.
    let picture = RgbImage::from_fn(PHOTO.0, PHOTO.1, |x, y| {
        let bit = (x / 48 + y / 48 * 8) % 64;
        let byte = shades[usize::try_from(bit / 8).unwrap()];
        let on = byte >> (bit % 8) & 1 == 1;
        Rgb(if on { [240, 180, 40] } else { [20, 60, 120] })
    });
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture)
        .write_to(&mut bytes, ImageFormat::Jpeg)
        .unwrap();
    bytes.into_inner()
}
