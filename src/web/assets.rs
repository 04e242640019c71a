//! Style, script, fonts and icons: embedded into the binary, addressed by their content, never stale.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use rust_embed::RustEmbed;

use super::page::reads;
use super::problem::{Answer, Problem};
use crate::media::graphic::Faces;
use crate::media::paper::PaperFaces;
use crate::newsroom::country::Country;
use crate::newsroom::room::Accent;

#[derive(RustEmbed)]
#[folder = "assets/dist/"]
#[allow_missing = true]
struct Dist;

/// The names of the built files by their plain names, as the build wrote them down.
static NAMES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    Dist::get("manifest.json")
        .and_then(|file| serde_json::from_slice(&file.data).ok())
        .unwrap_or_default()
});

/// The list of the faces that share cards are drawn with.
const FACES: &str = "cards.json";

/// Whether the front-end files were built when this binary was.
pub fn are_built() -> bool {
    !NAMES.is_empty()
}

/// The address of a built file; without the build it leads nowhere, and pages stay readable plain.
pub fn address(name: &str) -> String {
    let built = NAMES.get(name).map_or(name, String::as_str);
    format!("/assets/{built}")
}

/// A style sheet that holds nothing but the colours of the room and of its kinds; its address names them.
pub fn colours_address(accent: Accent, hues: impl Iterator<Item = Accent>) -> String {
    let mut named = vec![digits(accent)];
    for hue in hues.map(digits) {
        if !named.contains(&hue) && named.len() < MOST_COLOURS {
            named.push(hue);
        }
    }
    format!("/assets/accent.{}.css", named.join("-"))
}

/// The classes of what stands in a kind's own colour.
pub fn hue(colour: Accent) -> String {
    format!("hued hue-{}", digits(colour))
}

const MOST_COLOURS: usize = 60;

fn digits(colour: Accent) -> String {
    colour.hex().trim_start_matches('#').to_owned()
}

/// The room's icon in browser tabs, drawn in its colour.
pub fn icon_address(accent: Accent) -> String {
    format!("/assets/icon.{}.svg", digits(accent))
}

/// Whether there is anything to draw share cards with.
pub fn has_faces() -> bool {
    NAMES.contains_key(FACES)
}

/// The faces that share cards are drawn with, if the front-end files were built.
pub fn faces() -> Option<Faces> {
    Faces::of(&built(FACES)?, |file| unpacked(&built(file)?)).ok()
}

/// The faces that papers are set with, if the front-end files were built.
pub fn paper_faces() -> Option<PaperFaces> {
    let list = |name: &str| Faces::of(&built(name)?, |file| unpacked(&built(file)?)).ok();
    Some(PaperFaces {
        text: list("paper-text.json")?,
        strong: list("paper-strong.json")?,
        slanted: list("paper-slanted.json")?,
        small: list("paper-small.json")?,
        head: faces()?,
    })
}

/// The countries and territories of ISO 3166-1 by their English names, if the front-end files were built.
pub fn countries() -> Vec<Country> {
    let list: Vec<(String, String)> = built("countries.json")
        .and_then(|list| serde_json::from_slice(&list).ok())
        .unwrap_or_default();
    let country = |(code, name): (String, String)| {
        let (code, name) = (code.parse().ok()?, name.parse().ok()?);
        Some(Country { code, name })
    };
    list.into_iter().filter_map(country).collect()
}

/// The inner marks of an icon; of one that is not there, none.
pub fn drawing(icon: &str) -> String {
    let sprite = built("icons.svg").unwrap_or_default();
    let sprite = String::from_utf8_lossy(&sprite);
    let begin = format!("<symbol id=\"{icon}\"");
    let symbol = sprite.split_once(&begin).map(|(_, rest)| rest);
    let inside = symbol.and_then(|rest| rest.split_once('>'));
    let marks = inside.and_then(|(_, rest)| rest.split_once("</symbol>"));
    marks.map(|(marks, _)| marks.to_owned()).unwrap_or_default()
}

fn built(name: &str) -> Option<Cow<'static, [u8]>> {
    Dist::get(NAMES.get(name)?).map(|file| file.data)
}

fn unpacked(packed: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    brotli::BrotliDecompress(&mut &*packed, &mut bytes).ok()?;
    Some(bytes)
}

pub fn routes(config: &mut web::ServiceConfig) {
    config.route("/assets/{name}", reads().to(serve));
}

async fn serve(request: HttpRequest) -> Answer {
    let name = request.match_info().get("name").unwrap_or_default();
    if let Some(css) = accent_css(name) {
        return Ok(immutable("text/css; charset=utf-8").body(css));
    }
    if let Some(svg) = icon(name) {
        return Ok(immutable("image/svg+xml").body(svg));
    }
    match Dist::get(name) {
        Some(file) if name != "manifest.json" => {
            Ok(immutable(mime(name)).body(file.data.into_owned()))
        }
        Some(_) | None => Err(Problem::NotFound),
    }
}

/// A page with its first line marked: what a newsroom makes.
fn icon(name: &str) -> Option<String> {
    let named = name.strip_prefix("icon.")?.strip_suffix(".svg")?;
    let accent: Accent = named.parse().ok()?;
    Some(format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="{}" d="M0 0h32v32H0z"/><path fill="{}" d="M6 7h20v6H6zm0 10h20v2.5H6zm0 5.5h13V25H6z"/></svg>"#,
        accent.hex(),
        accent.text_on()
    ))
}

fn accent_css(name: &str) -> Option<String> {
    let named = name.strip_prefix("accent.")?.strip_suffix(".css")?;
    let colours: Vec<Accent> = named
        .split('-')
        .map(str::parse)
        .collect::<Result<_, _>>()
        .ok()?;
    let (room, hues) = colours.split_first()?;
    if colours.len() > MOST_COLOURS {
        return None;
    }
    let mut css = rule(":root", *room);
    for hue in hues {
        css.push_str(&rule(&format!(".hue-{}", digits(*hue)), *hue));
    }
    Some(css)
}

fn rule(place: &str, colour: Accent) -> String {
    format!(
        "{place} {{ --accent: {}; --on-accent: {}; }}\n",
        colour.hex(),
        colour.text_on()
    )
}

fn immutable(mime: &'static str) -> actix_web::HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CONTENT_TYPE, mime))
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"));
    response
}

fn mime(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    }
}
