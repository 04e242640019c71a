//! The addresses of share cards, each below the page that it stands for.

/// The room's share card.
pub const ROOM_CARD: &str = "/card.png";

/// `/news/verdict-in-paris/card.png`: what other sites show beside a link to it.
pub fn card(slug: &str) -> String {
    format!("/news/{slug}/card.png")
}

/// `/press-releases/card.png`
pub fn kind_card(slug: &str) -> String {
    format!("/{slug}/card.png")
}
