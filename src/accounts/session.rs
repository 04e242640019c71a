//! How long somebody stays signed in, how long a proof counts, and what their device is called.

use crate::clock::Instant;

/// Over a night, but not over a weekend.
pub const IDLE_MILLIS: i64 = 24 * 60 * 60 * 1000;
/// However much it is used.
pub const LONGEST_MILLIS: i64 = 7 * 24 * 60 * 60 * 1000;
/// Whoever proved who they are is not asked again for so long.
const PROVEN_MILLIS: i64 = 15 * 60 * 1000;
/// A session that is used is noted as used so often.
const NOTED_MILLIS: i64 = 60 * 1000;

/// When a session ends that began and was last used then.
pub fn expires_at(created_at: Instant, used_at: Instant) -> Instant {
    let idle = used_at.plus_millis(IDLE_MILLIS);
    idle.min(created_at.plus_millis(LONGEST_MILLIS))
}

/// Whether it is time to note that the session is used.
pub fn is_to_be_noted(used_at: Instant, now: Instant) -> bool {
    now.millis() - used_at.millis() >= NOTED_MILLIS
}

/// Whether a password given then is proof enough now for a step that cannot be undone easily.
pub fn is_proof(proven_at: Option<Instant>, now: Instant) -> bool {
    proven_at.is_some_and(|at| (0..PROVEN_MILLIS).contains(&(now.millis() - at.millis())))
}

/// "Firefox on Linux", out of what a browser calls itself; good enough for its owner to know it
/// again, and nothing that anybody else could use.
pub fn device(user_agent: &str) -> String {
    // Later browsers call themselves by the names of earlier ones too, so the order matters.
    const BROWSERS: [(&str, &str); 7] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 7] = [
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("CrOS", "ChromeOS"),
        ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
    ];
    let named = |names: [(&str, &'static str); 7]| {
        let known = names
            .into_iter()
            .find(|(sign, _)| user_agent.contains(sign));
        known.map(|(_, name)| name)
    };
    match (named(BROWSERS), named(SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "An unknown browser".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 60 * 60 * 1000;

    #[test]
    fn a_session_ends_idle_after_a_day_and_used_after_a_week() {
        let began = Instant::from_millis(0);
        assert_eq!(expires_at(began, began).millis(), 24 * HOUR);
        let friday = Instant::from_millis(100 * HOUR);
        assert_eq!(expires_at(began, friday).millis(), 124 * HOUR);
        let late = Instant::from_millis(160 * HOUR);
        assert_eq!(expires_at(began, late).millis(), 7 * 24 * HOUR);
    }

    #[test]
    fn a_password_is_proof_for_a_quarter_of_an_hour() {
        let then = Instant::from_millis(HOUR);
        assert!(is_proof(Some(then), then));
        assert!(is_proof(Some(then), then.plus_millis(PROVEN_MILLIS - 1)));
        assert!(!is_proof(Some(then), then.plus_millis(PROVEN_MILLIS)));
        assert!(
            !is_proof(Some(then), then.plus_millis(-1)),
            "out of the future"
        );
        assert!(!is_proof(None, then));
    }

    #[test]
    fn a_device_is_called_as_its_owner_calls_it() {
        let cases = [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Firefox on Linux",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
                "Safari on iPhone",
            ),
            (
                "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36",
                "Chrome on Android",
            ),
            ("curl/8.5", "An unknown browser"),
            ("", "An unknown browser"),
        ];
        for (agent, name) in cases {
            assert_eq!(device(agent), name);
        }
    }
}
