//! Where somebody comes back to after signing in.

use actix_web::HttpRequest;
use actix_web::http::Method;

use super::paths;

/// The page to come back to after sign-in. A change that was sent is not sent again by itself:
/// the page with its form comes back, and the browser's own copy of the text with it.
pub(super) fn page_of(request: &HttpRequest) -> String {
    if request.path() == paths::UPLOAD_PROGRESS {
        return paths::IMAGES.to_owned();
    }
    let address = if request.method() == Method::GET {
        request.uri().to_string()
    } else {
        page_with_form(request.path())
    };
    if paths::is_admin_page(&address) && address != paths::SIGN_OUT {
        address
    } else {
        String::new()
    }
}

/// The page on which the form stands that is sent to this address of staff.
fn page_with_form(path: &str) -> String {
    let parts: Vec<&str> = path.split('/').skip(2).collect();
    let page = match parts.as_slice() {
        ["items"] | ["items", "new", ..] => paths::NEW_ITEM,
        ["items", number, "comments" | "assignment", ..] => {
            return format!("{}/{number}/review", paths::ITEMS);
        }
        ["items", number, "autosave"] => return format!("{}/{number}", paths::ITEMS),
        ["items", number, "passes", ..] => return format!("{}/{number}/passes", paths::ITEMS),
        ["people"] => paths::NEW_PERSON,
        ["people", number, ..] => return format!("{}/{number}", paths::PEOPLE),
        [
            section @ ("kinds" | "topics" | "places" | "log" | "images" | "files"),
            number,
            "end" | "return",
        ] => {
            return format!("{}/{section}/{number}", paths::MY_WORK);
        }
        ["images", "collections", number, "end"] => {
            return format!("{}/{number}", paths::COLLECTIONS);
        }
        ["places", "countries"] => paths::PLACES,
        ["settings", "logos", _, ..] => paths::LOGOS,
        ["settings", ..] => paths::SETTINGS,
        ["autosaves", ..] => paths::MY_WORK,
        // Below a page of their own stand only forms of that page.
        [page @ ("account" | "calendar" | "hold" | "mails"), ..] => {
            return format!("{}/{page}", paths::MY_WORK);
        }
        _ => path,
    };
    page.to_owned()
}
