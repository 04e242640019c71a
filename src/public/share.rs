//! What other sites and search engines are told of a page: pictures beside a link, and of an item JSON-LD.

use super::item::Story;
use crate::media::{Ratio, graphic};
use crate::newsroom::Kind;
use crate::prose::dates;
use crate::storage::room::Frame;
use crate::web::{assets, paths};

/// A picture that other sites show beside a link.
pub struct ShareImage {
    /// Whole, with the room's own.
    pub address: String,
    pub alt: String,
    /// Width and height of a share card; a photo has several.
    pub size: Option<(u32, u32)>,
}

impl ShareImage {
    /// A share card, if there is anything to draw it with.
    pub fn card(outside: &str, path: &str, alt: String) -> Option<Self> {
        assets::has_faces().then(|| Self {
            address: format!("{outside}{path}"),
            alt,
            size: Some((graphic::WIDTH, graphic::HEIGHT)),
        })
    }

    pub fn of_kind(kind: &Kind, frame: &Frame, outside: &str) -> Option<Self> {
        let alt = format!("{}: {}", frame.room.name.as_str(), kind.plural);
        Self::card(outside, &paths::kind_card(&kind.slug), alt)
    }
}

impl Story<'_> {
    /// A photo tells more than a card. Of what is not public, other sites are told nothing.
    pub(super) fn share(&self) -> Vec<ShareImage> {
        let outside = &self.address.0;
        let photo = self.figure().map(|figure| ShareImage {
            address: format!("{outside}{}", figure.photo.src),
            alt: figure.photo.alt,
            size: None,
        });
        let wording = &self.revision.wording;
        let alt = format!(
            "{}, {}: {}",
            self.frame.room.name.as_str(),
            self.kind.name,
            wording.title.as_str()
        );
        let card = ShareImage::card(outside, &paths::card(wording.slug.as_str()), alt);
        photo.into_iter().chain(card).collect()
    }

    fn publisher(&self) -> serde_json::Value {
        let room = &self.frame.room;
        let mut publisher =
            serde_json::json!({ "@type": "Organization", "name": room.name.as_str() });
        if let (Some(logo), Some(organization)) = (&room.logo, publisher.as_object_mut()) {
            let address = format!("{}{}", self.address.0, paths::logo(&logo.hash));
            let logo = serde_json::json!({
                "@type": "ImageObject",
                "url": address,
                "width": logo.width,
                "height": logo.height,
            });
            organization.insert("logo".to_owned(), logo);
        }
        publisher
    }

    /// The lead picture in each shape that search engines ask for, as far as it is made; else the one beside a link.
    fn pictures_elsewhere(&self) -> Vec<String> {
        let outside = &self.address.0;
        let lead = self.revision.wording.lead;
        let image = lead.and_then(|lead| {
            let mut images = self.around.images.iter();
            images.find(|image| image.id == lead.image)
        });
        let mut addresses: Vec<String> = Vec::new();
        if let Some((lead, image)) = lead.zip(image) {
            for ratio in Ratio::ALL {
                let photo = self.gallery.cut(image, ratio, lead.focus);
                let address = format!("{outside}{}", photo.src);
                if !addresses.contains(&address) {
                    addresses.push(address);
                }
            }
            return addresses;
        }
        let beside = self.share().into_iter().take(1);
        beside.map(|image| image.address).collect()
    }

    /// schema.org/NewsArticle.
    pub(super) fn json_ld(&self, canonical: &str) -> serde_json::Value {
        let wording = &self.revision.wording;
        let zone = &self.frame.room.zone;
        let changed = self.updated_at.unwrap_or(self.published_at);
        serde_json::json!({
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": wording.title.as_str(),
            "description": wording.summary.as_str(),
            "inLanguage": wording.language.as_str(),
            "datePublished": dates::day(self.published_at, zone, "en").machine,
            "dateModified": dates::day(changed, zone, "en").machine,
            "mainEntityOfPage": canonical,
            "image": self.pictures_elsewhere(),
            "publisher": self.publisher(),
        })
    }
}
