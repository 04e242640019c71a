//! How many slow answers of a sort there are at once: all together, and for one client.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::HttpRequest;

use crate::web::Problem;
use crate::web::doors::client;

pub(super) struct Shares {
    most: usize,
    share: usize,
    taken: Mutex<HashMap<String, usize>>,
}

/// One answer's place, until it is dropped.
pub(super) struct Share {
    shares: Arc<Shares>,
    client: String,
}

impl Shares {
    pub(super) fn new(most: usize, share: usize) -> Arc<Self> {
        Arc::new(Self {
            most,
            share,
            taken: Mutex::default(),
        })
    }

    /// A place, unless all are taken or whoever asks has their share.
    pub(super) fn take(self: &Arc<Self>, request: &HttpRequest) -> Result<Share, Problem> {
        self.take_for(client(request))
    }

    /// Of whom nothing is known, they may be many.
    fn take_for(self: &Arc<Self>, client: String) -> Result<Share, Problem> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let all: usize = taken.values().sum();
        let has = taken.get(&client).copied().unwrap_or_default();
        if all >= self.most || (has >= self.share && !client.is_empty()) {
            return Err(Problem::Busy);
        }
        taken.insert(client.clone(), has + 1);
        Ok(Share {
            shares: Arc::clone(self),
            client,
        })
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let taken = &self.shares.taken;
        let mut taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(has) = taken.get_mut(&self.client) {
            *has -= 1;
            if *has == 0 {
                taken.remove(&self.client);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_has_its_share_and_leaves_places_for_others() {
        let shares = Shares::new(4, 2);
        let take = |client: &str| shares.take_for(client.to_owned());
        let mut had = vec![take("a").unwrap(), take("a").unwrap()];
        assert!(matches!(take("a"), Err(Problem::Busy)));
        had.push(take("b").unwrap());
        had.push(take("c").unwrap());
        assert!(matches!(take("d"), Err(Problem::Busy)), "all are taken");
        drop(had);
        assert!(shares.taken.lock().unwrap().is_empty());
        let unknown: Vec<_> = (0..4).map(|_| take("").unwrap()).collect();
        drop(unknown);
        assert!(take("a").is_ok());
    }
}
