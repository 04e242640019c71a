//! Photos as a camera of 24 megapixels takes them: soft and fine shapes, and the grain of a sensor.

use anyhow::Result;
use jpeg_encoder::{ColorType, Encoder};

pub(crate) const WIDTH: u16 = 6000;
pub(crate) const HEIGHT: u16 = 4000;
/// As cameras save.
const QUALITY: u8 = 92;

/// How wide the shapes are, in pixels, and how much each adds.
const SHAPES: [(u32, u32); 4] = [(1400, 90), (310, 60), (70, 40), (11, 20)];
/// How much a sensor adds by chance at most.
const GRAIN: u32 = 14;

/// No two seeds give the same bytes.
pub(crate) fn photo(seed: u32) -> Result<Vec<u8>> {
    let mut pixels = Vec::new();
    for y in 0..u32::from(HEIGHT) {
        for x in 0..u32::from(WIDTH) {
            let light = light(x, y, seed);
            for colour in 0..3 {
                let tint = smooth(x, y, 900, seed + 50 + colour) * 30 / 256;
                let grain = chance(x, y, seed + 90 + colour) % GRAIN;
                pixels.push(u8::try_from((light + tint + grain).min(255))?);
            }
        }
    }
    let mut bytes = Vec::new();
    Encoder::new(&mut bytes, QUALITY).encode(&pixels, WIDTH, HEIGHT, ColorType::Rgb)?;
    Ok(bytes)
}

fn light(x: u32, y: u32, seed: u32) -> u32 {
    let shapes = SHAPES.into_iter().zip(0..);
    shapes
        .map(|((width, weight), number)| smooth(x, y, width, seed + number) * weight / 256)
        .sum()
}

/// Noise that changes over that many pixels (value noise, interpolated by lines): 0 to 255.
fn smooth(x: u32, y: u32, width: u32, seed: u32) -> u32 {
    let (left, top) = (x / width, y / width);
    let (right_part, low_part) = (x % width, y % width);
    let corner = |across: u32, down: u32| chance(left + across, top + down, seed) & 255;
    let upper = corner(0, 0) * (width - right_part) + corner(1, 0) * right_part;
    let lower = corner(0, 1) * (width - right_part) + corner(1, 1) * right_part;
    (upper / width * (width - low_part) + lower / width * low_part) / width
}

/// The same at every run.
fn chance(x: u32, y: u32, seed: u32) -> u32 {
    let mixed = x
        .wrapping_mul(0x9e37_79b1)
        .wrapping_add(y.wrapping_mul(0x85eb_ca77))
        .wrapping_add(seed.wrapping_mul(0xc2b2_ae3d));
    let mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0x2c1b_3c6d);
    let mixed = (mixed ^ (mixed >> 12)).wrapping_mul(0x297a_2d39);
    mixed ^ (mixed >> 15)
}
