//! Every address below /admin of signing in, of one's own account, and of the people of the room.

use actix_web::web;

use super::{
    account, account_taste, app_set_up, factor_rule, factors, forgotten_password, invitation,
    passkey_door, passkeys, people, person, second_factor, set_password, set_up, sign_in,
};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    doors(config);
    own_account(config);
    everybody(config);
}

fn doors(config: &mut web::ServiceConfig) {
    config
        .route("/set-up", web::get().to(set_up::open))
        .route("/set-up", web::post().to(set_up::send))
        .route("/sign-in", web::get().to(sign_in::open))
        .route("/sign-in", web::post().to(sign_in::send))
        .route("/sign-in/factor", web::get().to(second_factor::open))
        .route("/sign-in/factor", web::post().to(second_factor::send))
        .route(
            "/sign-in/factor/passkey",
            web::post().to(passkey_door::send),
        )
        .route(
            "/sign-in/factor/passkey/question",
            web::post().to(passkey_door::ask),
        )
        .route("/sign-in/passkey", web::post().to(passkey_door::send_alone))
        .route(
            "/sign-in/passkey/question",
            web::post().to(passkey_door::ask_anybody),
        )
        .route("/sign-out", web::post().to(sign_in::sign_out))
        .route(
            "/forgotten-password",
            web::get().to(forgotten_password::open),
        )
        .route(
            "/forgotten-password",
            web::post().to(forgotten_password::send),
        )
        .route("/set-password/{secret}", web::get().to(set_password::open))
        .route("/set-password/{secret}", web::post().to(set_password::send));
}

fn own_account(config: &mut web::ServiceConfig) {
    config
        .route("/account", web::get().to(account::open))
        .route("/account", web::post().to(account::rename))
        .route("/account/mail", web::post().to(account::change_mail))
        .route(
            "/account/password",
            web::post().to(account::change_password),
        )
        .route(
            "/account/sessions/end",
            web::post().to(account::end_sessions),
        )
        .route("/account/taste", web::post().to(account_taste::send))
        .route("/account/factors", web::get().to(factors::open))
        .route(
            "/account/factors/codes",
            web::post().to(factors::renew_codes),
        )
        .route("/account/factors/app", web::get().to(app_set_up::open))
        .route("/account/factors/app", web::post().to(app_set_up::begin))
        .route(
            "/account/factors/app/picture.svg",
            web::get().to(app_set_up::picture),
        )
        .route(
            "/account/factors/app/code",
            web::post().to(app_set_up::confirm),
        )
        .route("/account/factors/app/end", web::post().to(factors::end_app));
    own_passkeys(config);
}

fn own_passkeys(config: &mut web::ServiceConfig) {
    config
        .route("/account/factors/passkeys", web::post().to(passkeys::add))
        .route(
            "/account/factors/passkeys/question",
            web::post().to(passkeys::ask),
        )
        .route(
            "/account/factors/passkeys/proof",
            web::post().to(passkey_door::ask_staff),
        )
        .route(
            "/account/factors/passkeys/{number}/end",
            web::post().to(passkeys::end),
        );
}

/// `{number}` is the person's.
fn everybody(config: &mut web::ServiceConfig) {
    config
        .route("/people", web::get().to(people::open))
        .route("/people", web::post().to(invitation::invite))
        .route("/people/new", web::get().to(invitation::open))
        .route("/people/factors", web::get().to(factor_rule::open))
        .route("/people/factors", web::post().to(factor_rule::send))
        .route("/people/{number}", web::get().to(person::open))
        .route(
            "/people/{number}/roles",
            web::post().to(person::change_roles),
        )
        .route("/people/{number}/link", web::post().to(person::make_link))
        .route("/people/{number}/end", web::post().to(person::disable))
        .route("/people/{number}/return", web::post().to(person::enable))
        .route(
            "/people/{number}/factors/end",
            web::post().to(person::reset_factors),
        );
}
