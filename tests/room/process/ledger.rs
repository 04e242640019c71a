//! What a client was told is done, and what it had asked for when the process died.

use std::cell::{Cell, RefCell};

use super::client::{Client, Cut};
use super::writer::{PHOTO, photo};

/// An item as its client knows it.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    pub(super) number: i64,
    pub(super) slug: String,
    pub(super) title: String,
    /// Every body that was answered with “saved”, oldest first.
    pub(super) saved: Vec<String>,
    /// Every body that was answered with “readers see it now”, oldest first.
    pub(super) live: Vec<String>,
    /// The last body that was sent, answered or not.
    pub(super) tried: String,
}

#[derive(Clone, Debug)]
pub(super) struct Photo {
    pub(super) image: i64,
    pub(super) number: u64,
    /// Empty until the words were answered with “saved”.
    pub(super) alt: String,
}

/// Shared by all clients of a round.
#[derive(Default)]
pub(super) struct Ledger {
    pub(super) items: RefCell<Vec<Known>>,
    pub(super) photos: RefCell<Vec<Photo>>,
    /// Photos that were sent, answered or not.
    pub(super) sent: Cell<u64>,
    /// Changes that were answered.
    pub(super) done: Cell<u32>,
}

impl Ledger {
    fn count(&self) {
        self.done.set(self.done.get() + 1);
    }

    /// Uploads, describes, writes, publishes, saves and corrects until the process is gone.
    pub(super) async fn work(&self, client: &Client) {
        while self.one_item(client).await.is_ok() {}
    }

    async fn one_item(&self, client: &Client) -> Result<(), Cut> {
        let image = self.add_photo(client).await?;
        let title = format!("Ferry {image} sails again");
        let first = format!("First words about ferry {image}.");
        let lead = image.to_string();
        let item = client
            .write_item(&[
                ("title", &title),
                ("summary", "In short."),
                ("body", &first),
                ("lead_number", &lead),
            ])
            .await?;
        let place = self.remember(item, title, first);
        let slug = client.field_of_item(item, "slug").await?;
        self.change(place, |known| known.slug = slug);
        client.publish_item(item, &[]).await?;
        self.goes_live(place);
        for round in 2..4 {
            let body = format!("Words {round} about ferry {image}.");
            self.save(client, place, body).await?;
        }
        let told = [("change", "update"), ("public_note", "More is known now.")];
        client.publish_item(item, &told).await?;
        self.goes_live(place);
        Ok(())
    }

    async fn add_photo(&self, client: &Client) -> Result<i64, Cut> {
        let number = self.sent.get() + 1;
        self.sent.set(number);
        let image = client.add_photo(photo(number)).await?;
        self.count();
        let place = self.photos.borrow().len();
        self.photos.borrow_mut().push(Photo {
            image,
            number,
            alt: String::new(),
        });
        let alt = format!("A ferry, seen {number} times");
        client.describe_photo(image, &alt).await?;
        self.count();
        self.photos.borrow_mut()[place].alt = alt;
        Ok(image)
    }

    fn remember(&self, number: i64, title: String, body: String) -> usize {
        self.count();
        let mut items = self.items.borrow_mut();
        items.push(Known {
            number,
            title,
            saved: vec![body.clone()],
            tried: body,
            ..Known::default()
        });
        items.len() - 1
    }

    async fn save(&self, client: &Client, place: usize, body: String) -> Result<(), Cut> {
        self.change(place, |known| known.tried.clone_from(&body));
        let item = self.items.borrow()[place].number;
        client.save_item(item, &[("body", &body)]).await?;
        self.count();
        self.change(place, |known| known.saved.push(body));
        Ok(())
    }

    fn goes_live(&self, place: usize) {
        self.count();
        self.change(place, |known| {
            known.live.extend(known.saved.last().cloned());
        });
    }

    fn change(&self, place: usize, with: impl FnOnce(&mut Known)) {
        with(&mut self.items.borrow_mut()[place]);
    }
}

impl Known {
    /// Looks at the item as its editor and as a reader would.
    pub(super) async fn is_there(&self, client: &Client) {
        let field = async |name| client.field_of_item(self.number, name).await.unwrap();
        assert_eq!(field("title").await, self.title);
        let body = field("body").await;
        let saved = self.saved.last().unwrap();
        assert!(body == *saved || body == self.tried, "{body}: {self:?}");
        if let Some(live) = self.live.last() {
            let page = client.get(&format!("/news/{}", self.slug)).await.unwrap();
            let words = page.ok().words();
            assert!(words.contains(&self.title), "{words}");
            assert!(
                words.contains(live) || words.contains(saved),
                "{self:?}: {words}"
            );
        }
    }
}

impl Photo {
    /// Looks at the photo in the library, in its widest size, with its words.
    pub(super) async fn is_there(&self, client: &Client) {
        for format in ["jpg", "webp"] {
            let path = format!("/admin/images/{}/{}.{format}", self.image, PHOTO.0);
            let bytes = client.get(&path).await.unwrap().ok().body;
            let picture = image::load_from_memory(&bytes).unwrap();
            assert_eq!((picture.width(), picture.height()), PHOTO);
        }
        let page = client.get(&format!("/admin/images/{}", self.image)).await;
        let text = page.unwrap().ok().text();
        assert!(text.contains(&self.alt), "{self:?}");
    }
}
