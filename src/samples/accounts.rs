//! Who can sign in to the sample room; each start of the demo gives them new passwords.

use super::SampleError;
use super::loading::words_error;
use super::words;
use crate::accounts::Password;
use crate::keys::new_password;
use crate::storage::{StorageError, Store, people};

/// Somebody of the sample room who can sign in.
pub struct Account {
    pub key: String,
    pub mail: String,
    pub password: String,
}

/// New passwords for the sample editor and the sample author; nothing where it is another room.
pub fn renew_passwords(store: &Store) -> Result<Vec<Account>, SampleError> {
    let sample = words::read()?;
    let mut accounts = Vec::new();
    for person in sample
        .people
        .iter()
        .filter(|person| ["editor", "author"].contains(&person.key.as_str()))
    {
        let email = person.mail.parse().map_err(words_error)?;
        let password = new_password();
        let hash = Password::attempt(&password).hash()?;
        let known = store.write_here(|tx| {
            let account = people::account_of(tx, &email)?;
            if let Some(account) = &account {
                people::set_password(tx, account.person.id, &hash)?;
            }
            Ok::<_, StorageError>(account.is_some())
        })?;
        if known {
            accounts.push(Account {
                key: person.key.clone(),
                mail: person.mail.clone(),
                password,
            });
        }
    }
    Ok(accounts)
}
