//! Style, script, fonts and icons: embedded into the binary, addressed by their content, never stale.

use std::collections::HashMap;
use std::sync::LazyLock;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use rust_embed::RustEmbed;

use super::page::reads;
use super::problem::{Answer, Problem};
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

/// Whether the front-end files were built when this binary was.
pub fn are_built() -> bool {
    !NAMES.is_empty()
}

/// The address of a built file; without the build it leads nowhere, and pages stay readable plain.
pub fn address(name: &str) -> String {
    let built = NAMES.get(name).map_or(name, String::as_str);
    format!("/assets/{built}")
}

/// A style sheet that holds nothing but the room's colour; its address names the colour.
pub fn accent_address(accent: Accent) -> String {
    format!(
        "/assets/accent.{}.css",
        accent.hex().trim_start_matches('#')
    )
}

/// The room's icon in browser tabs, drawn in its colour.
pub fn icon_address(accent: Accent) -> String {
    format!("/assets/icon.{}.svg", accent.hex().trim_start_matches('#'))
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

/// The colour that stands in the name of a file, as in `accent.ffe600.css`.
fn accent_in(name: &str, before: &str, after: &str) -> Option<Accent> {
    name.strip_prefix(before)?.strip_suffix(after)?.parse().ok()
}

/// A page with its first line marked: what a newsroom makes.
fn icon(name: &str) -> Option<String> {
    let accent = accent_in(name, "icon.", ".svg")?;
    Some(format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="{}" d="M0 0h32v32H0z"/><path fill="{}" d="M6 7h20v6H6zm0 10h20v2.5H6zm0 5.5h13V25H6z"/></svg>"#,
        accent.hex(),
        accent.text_on()
    ))
}

fn accent_css(name: &str) -> Option<String> {
    let accent = accent_in(name, "accent.", ".css")?;
    Some(format!(
        ":root {{ --accent: {}; --on-accent: {}; }}\n",
        accent.hex(),
        accent.text_on()
    ))
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
