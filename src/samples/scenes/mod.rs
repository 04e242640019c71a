//! Drawn scenes that stand in for press photos in a sample room: layered, lit, never the same twice,
//! and always the same for one seed.

use std::str::FromStr;

use tiny_skia::Pixmap;

use brush::Sheet;
use chance::Chance;

mod archive;
mod bridge;
mod brush;
mod camp;
mod chance;
mod classroom;
mod clinic;
mod colour;
mod courthouse;
mod crossing;
mod forest;
mod harbour;
mod land;
mod march;
mod people;
mod portrait;
mod print;
mod satellite;
mod ship;
mod vigil;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scene {
    Harbour,
    Bridge,
    Crossing,
    Courthouse,
    March,
    Camp,
    Classroom,
    Ship,
    Satellite,
    Clinic,
    Vigil,
    Portrait,
    Archive,
    Forest,
}

#[derive(Debug, thiserror::Error)]
#[error(
    "No scene is called \u{201c}{0}\u{201d}. Choose one of harbour, bridge, crossing, courthouse, march, camp, classroom, ship, satellite, clinic, vigil, portrait, archive, forest."
)]
pub(super) struct UnknownScene(String);

impl FromStr for Scene {
    type Err = UnknownScene;

    fn from_str(name: &str) -> Result<Self, UnknownScene> {
        match name {
            "harbour" => Ok(Self::Harbour),
            "bridge" => Ok(Self::Bridge),
            "crossing" => Ok(Self::Crossing),
            "courthouse" => Ok(Self::Courthouse),
            "march" => Ok(Self::March),
            "camp" => Ok(Self::Camp),
            "classroom" => Ok(Self::Classroom),
            "ship" => Ok(Self::Ship),
            "satellite" => Ok(Self::Satellite),
            "clinic" => Ok(Self::Clinic),
            "vigil" => Ok(Self::Vigil),
            "portrait" => Ok(Self::Portrait),
            "archive" => Ok(Self::Archive),
            "forest" => Ok(Self::Forest),
            _ => Err(UnknownScene(name.to_owned())),
        }
    }
}

/// RGB, eight bits each, row by row; empty for an empty size.
#[cfg(test)]
pub(super) fn draw(scene: Scene, seed: u64, width: u32, height: u32) -> Vec<u8> {
    let Some(picture) = stored(scene, seed, (width, height), 1) else {
        return Vec::new();
    };
    picture
        .data()
        .chunks_exact(4)
        .flat_map(|pixel| pixel.iter().take(3))
        .copied()
        .collect()
}

/// The scene as a camera held in this way (EXIF orientation 1 to 8) would store its pixels.
pub(super) fn stored(scene: Scene, seed: u64, size: (u32, u32), orientation: u8) -> Option<Pixmap> {
    let mut sheet = Sheet::new(size.0, size.1, orientation)?;
    let (paint, salt) = painter(scene);
    let mut chance = Chance::new(seed.wrapping_mul(64).wrapping_add(salt));
    paint(&mut sheet, &mut chance);
    Some(sheet.printed())
}

type Painter = fn(&mut Sheet, &mut Chance);

/// The number keeps scenes of one seed from sharing a palette.
fn painter(scene: Scene) -> (Painter, u64) {
    match scene {
        Scene::Harbour => (harbour::harbour, 1),
        Scene::Ship => (ship::ship, 2),
        Scene::Bridge => (bridge::bridge, 3),
        Scene::Crossing => (crossing::crossing, 4),
        Scene::Camp => (camp::camp, 5),
        Scene::Forest => (forest::forest, 6),
        Scene::Courthouse => (courthouse::courthouse, 7),
        Scene::Clinic => (clinic::clinic, 8),
        Scene::March => (march::march, 9),
        Scene::Vigil => (vigil::vigil, 10),
        Scene::Satellite => (satellite::satellite, 11),
        Scene::Portrait => (portrait::portrait, 12),
        Scene::Classroom => (classroom::classroom, 13),
        Scene::Archive => (archive::archive, 14),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 14] = [
        "harbour",
        "bridge",
        "crossing",
        "courthouse",
        "march",
        "camp",
        "classroom",
        "ship",
        "satellite",
        "clinic",
        "vigil",
        "portrait",
        "archive",
        "forest",
    ];

    #[test]
    fn every_name_is_a_scene_of_its_own() {
        let mut pictures: Vec<Vec<u8>> = NAMES
            .iter()
            .map(|name| draw(name.parse().unwrap(), 7, 60, 40))
            .collect();
        pictures.sort();
        pictures.dedup();
        assert_eq!(pictures.len(), NAMES.len());
    }

    #[test]
    fn an_unknown_name_is_told_all_the_names() {
        let told = "harbor".parse::<Scene>().unwrap_err().to_string();
        assert!(NAMES.iter().all(|name| told.contains(name)), "{told}");
    }

    #[test]
    fn one_seed_gives_the_same_bytes_and_another_gives_others() {
        for name in NAMES {
            let scene = name.parse().unwrap();
            assert_eq!(draw(scene, 1, 90, 60), draw(scene, 1, 90, 60), "{name}");
            assert_ne!(draw(scene, 1, 90, 60), draw(scene, 2, 90, 60), "{name}");
        }
    }

    #[test]
    fn every_proportion_is_filled_to_the_last_pixel() {
        for name in NAMES {
            for (width, height) in [(90, 60), (60, 90), (160, 70)] {
                let picture = draw(name.parse().unwrap(), 4, width, height);
                assert_eq!(u32::try_from(picture.len()).unwrap(), width * height * 3);
                let bare = picture
                    .chunks_exact(3)
                    .filter(|pixel| *pixel == [0, 0, 0])
                    .count();
                assert!(bare < 3, "{name} leaves {bare} pixels bare");
            }
        }
    }

    #[test]
    fn an_empty_size_gives_an_empty_picture() {
        assert!(draw(Scene::Ship, 1, 0, 40).is_empty());
    }
}
