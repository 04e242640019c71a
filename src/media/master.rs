//! What all copies of a picture are made of: its pixels, upright, in sRGB, as wide as the widest copy.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::thread;

use ::image::DynamicImage;

use super::avif::{self, Encodes};
use super::crop::{Area, Ratio};
use super::intake::{self, Developed};
use super::{
    CopyName, CopySet, Crop, Fault, MediaError, Rendition, RenditionFormat, Tone, colour,
    rendition, sniff,
};

/// A picture that copies are made of.
pub struct Master {
    widest: DynamicImage,
    /// Of the whole picture, in pixels.
    full: (u32, u32),
}

/// A size that copies are made in; without a crop, of the whole picture.
type Size = (Option<Crop>, u32);

/// Is told how many copies of how many are made.
pub(super) type Told<'a> = &'a (dyn Fn(usize, usize) + Sync);

impl Master {
    /// Out of an original.
    pub fn of(bytes: &[u8]) -> Result<Self, MediaError> {
        let format = sniff::format(bytes)?;
        let made = catch_unwind(|| {
            let developed = intake::developed(bytes, format)?;
            Self::developed(developed).map_err(|source| MediaError::NotCopied { source })
        });
        made.unwrap_or_else(|_panic| {
            let source = Fault::Panicked;
            Err(MediaError::Broken { format, source })
        })
    }

    pub(super) fn developed(picture: Developed) -> Result<Self, Fault> {
        let pixels = colour::to_eight_bits(picture.pixels);
        let widest = rendition::shrunk_upright(pixels, picture.orientation)?;
        Ok(Self {
            widest: colour::to_srgb(widest, picture.profile.as_deref()),
            full: picture.full,
        })
    }

    pub fn tone(&self) -> Option<Tone> {
        Tone::of(&self.widest)
    }

    /// The whole picture as JPEG and WebP in every width, smallest first. Somebody waits for them: two threads
    /// make them, so that one of the widest does not come after all the others.
    pub fn whole(&self, tell: Told<'_>) -> Result<Vec<Rendition>, Fault> {
        const THREADS: usize = 2;
        let sizes = self.sizes(None);
        let of = sizes.len() * RenditionFormat::AT_ONCE.len();
        tell(0, of);
        let sizes = Mutex::new(sizes);
        let made = Mutex::new(Ok(Vec::new()));
        let work = || {
            while let Some(size) = sizes.lock().ok().and_then(|mut left| left.pop()) {
                let copies = self.in_formats(size, &RenditionFormat::AT_ONCE, &avif::encode);
                let Ok(mut made) = made.lock() else { return };
                match (copies, made.as_mut()) {
                    (Ok(copies), Ok(all)) => {
                        all.extend(copies);
                        tell(all.len(), of);
                    }
                    (Ok(_), Err(_)) => return,
                    (Err(fault), _) => *made = Err(fault),
                }
            }
        };
        thread::scope(|scope| {
            for _ in 1..THREADS {
                scope.spawn(work);
            }
            work();
        });
        let mut all = made.into_inner().unwrap_or(Err(Fault::Panicked))?;
        all.sort_by_key(|copy| copy.name.width);
        Ok(all)
    }

    /// A set of copies, one after the other, unless somebody says that they are to be left. An encoder that
    /// trips over one picture costs that set, and not the thread that makes those of all others.
    pub fn set(
        &self,
        set: CopySet,
        is_left: &dyn Fn() -> bool,
        avif: Encodes<'_>,
    ) -> Result<Vec<Rendition>, Fault> {
        let made = catch_unwind(AssertUnwindSafe(|| self.made(set, is_left, avif)));
        made.unwrap_or(Err(Fault::Panicked))
    }

    fn made(
        &self,
        set: CopySet,
        is_left: &dyn Fn() -> bool,
        avif: Encodes<'_>,
    ) -> Result<Vec<Rendition>, Fault> {
        let (focus, formats) = match set {
            CopySet::WholeAvif => (None, &[RenditionFormat::Avif][..]),
            CopySet::Crops(focus) => (Some(focus), &RenditionFormat::AT_ONCE[..]),
            CopySet::CropsAvif(focus) => (Some(focus), &[RenditionFormat::Avif][..]),
        };
        let sizes = match focus {
            None => self.sizes(None),
            Some(focus) => Ratio::ALL
                .into_iter()
                .flat_map(|ratio| self.sizes(Some(Crop::new(ratio, focus))))
                .collect(),
        };
        let mut made = Vec::new();
        for size in sizes {
            if is_left() {
                return Err(Fault::Left);
            }
            made.extend(self.in_formats(size, formats, avif)?);
        }
        Ok(made)
    }

    fn sizes(&self, crop: Option<Crop>) -> Vec<Size> {
        let widths = match crop {
            Some(crop) => crop.widths(self.full),
            None => rendition::widths(self.full.0),
        };
        widths.into_iter().map(|width| (crop, width)).collect()
    }

    fn in_formats(
        &self,
        (crop, width): Size,
        formats: &[RenditionFormat],
        avif: Encodes<'_>,
    ) -> Result<Vec<Rendition>, Fault> {
        let widest = (self.widest.width(), self.widest.height());
        let all = Area {
            left: 0,
            top: 0,
            width: widest.0,
            height: widest.1,
        };
        let area = crop.map_or(all, |crop| crop.area(widest));
        let height = match crop {
            Some(crop) => crop.height_at(width),
            None => rendition::height_at(width, self.full.0, self.full.1),
        };
        let copy = rendition::cut(&self.widest, area, (width, height))?;
        let mut made = Vec::new();
        for format in formats {
            made.push(Rendition {
                name: CopyName {
                    crop,
                    width,
                    format: *format,
                },
                height,
                bytes: rendition::encoded(&copy, *format, avif)?,
            });
        }
        Ok(made)
    }
}

#[cfg(test)]
mod tests {
    use super::super::FocalPoint;
    use super::super::samples::{GREEN, RED, is_close, jpeg, scene};
    use super::*;

    fn master(width: u32, height: u32) -> Master {
        Master::of(&jpeg(&scene(width, height))).unwrap()
    }

    #[test]
    fn crops_show_what_lies_round_their_spot() {
        let master = master(900, 300);
        for (percent, wanted) in [(0, RED), (100, GREEN)] {
            let focus = FocalPoint::new(percent, 50).unwrap();
            let crops = master
                .set(CopySet::Crops(focus), &|| false, &avif::encode)
                .unwrap();
            let names: Vec<_> = crops.iter().map(|copy| copy.name.to_string()).collect();
            assert!(
                names.contains(&format!("3x2-{percent}-50-450.jpg")),
                "{names:?}"
            );
            assert!(
                names.contains(&format!("1x1-{percent}-50-300.webp")),
                "{names:?}"
            );
            for copy in &crops {
                let shown = ::image::load_from_memory(&copy.bytes).unwrap().to_rgb8();
                assert_eq!(shown.dimensions(), (copy.name.width, copy.height));
                let middle = shown.get_pixel(copy.name.width / 2, copy.height / 2).0;
                assert!(is_close(middle, wanted), "{} {middle:?}", copy.name);
            }
        }
    }

    #[test]
    fn avif_is_made_in_every_width_and_says_nothing_but_pixels() {
        let made = master(700, 350)
            .set(CopySet::WholeAvif, &|| false, &avif::encode)
            .unwrap();
        let names: Vec<_> = made.iter().map(|copy| copy.name.to_string()).collect();
        assert_eq!(names, ["320.avif", "480.avif", "640.avif", "700.avif"]);
        for copy in &made {
            assert_eq!(copy.bytes.get(4..12), Some(&b"ftypavif"[..]));
            for word in [&b"Exif"[..], b"mime", b"rdf:RDF", b"prof"] {
                assert!(!copy.bytes.windows(word.len()).any(|at| at == word));
            }
        }
    }

    #[test]
    fn whoever_panics_in_between_costs_one_set() {
        let master = master(700, 350);
        let tripped = master.set(CopySet::WholeAvif, &|| false, &|_asked| {
            panic!("an encoder")
        });
        assert!(matches!(tripped, Err(Fault::Panicked)));
        assert!(master.tone().is_some());
    }

    #[test]
    fn work_that_is_left_makes_nothing() {
        let left = master(700, 350).set(CopySet::WholeAvif, &|| true, &avif::encode);
        assert!(matches!(left, Err(Fault::Left)));
    }
}
