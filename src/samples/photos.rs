//! Draws the sample photos, on as many threads as the machine has processors.

use std::sync::Mutex;
use std::thread;

use super::SampleError;
use super::embed::{Embedded, photo};
use super::words::SampleImage;
use crate::media::intake::{Taken, take_in};

/// A photo's file, and what the intake made of it.
pub(super) type Drawn = (Vec<u8>, Taken);

/// Every photo with its renditions, in the order in which they were asked for.
pub(super) fn draw_all(images: &[SampleImage]) -> Result<Vec<Drawn>, SampleError> {
    let threads = thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let next = Mutex::new(images.iter().enumerate());
    let done: Mutex<Vec<(usize, Result<Drawn, SampleError>)>> = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((place, image)) = take(&next) {
                    let drawn = draw(image);
                    if let Ok(mut done) = done.lock() {
                        done.push((place, drawn));
                    }
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, drawn)| drawn).collect()
}

fn take<T>(next: &Mutex<impl Iterator<Item = T>>) -> Option<T> {
    next.lock().ok().and_then(|mut next| next.next())
}

fn draw(image: &SampleImage) -> Result<Drawn, SampleError> {
    let failed = |sentence: String| SampleError::Photo {
        image: image.key.clone(),
        sentence,
    };
    let scene = image
        .scene
        .parse()
        .map_err(|error: super::scenes::UnknownScene| failed(error.to_string()))?;
    let embedded = Embedded {
        caption: image.embedded_caption.clone(),
        credit: image.credit.clone(),
        by_line: image
            .credit
            .split(" / ")
            .next()
            .unwrap_or_default()
            .to_owned(),
        copyright: image.credit.clone(),
        latitude: image.latitude,
        longitude: image.longitude,
        orientation: image.orientation,
        taken: image.taken_on.as_deref().map_or_else(
            || "2018:11:22 08:30:00".to_owned(),
            |day| format!("{} 08:30:00", day.replace('-', ":")),
        ),
        serial: format!("OH{:06}", image.seed),
    };
    let bytes = photo(scene, image.seed, image.width, image.height, &embedded);
    let taken = take_in(&bytes).map_err(|error| failed(error.to_string()))?;
    Ok((bytes, taken))
}
