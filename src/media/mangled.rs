//! Photos and captions mangled by chance, for as long as is asked: no reader may panic, be slow or
//! say more than it may. The same seed makes the same files, so what was found is found again.

use std::env;
use std::time::{Duration, Instant};

use super::samples::{
    scene, talkative_gif, talkative_jpeg, talkative_png, talkative_webp, with_segment,
};
use super::{OriginalFormat, metadata, wire_caption};

/// How long each test goes on, in seconds; `make fuzz` asks for more.
const USUALLY: u64 = 2;

/// What a reader may take for one file.
const IN_TIME: Duration = Duration::from_secs(2);

/// What a reader may say of one file, in bytes: more than that is memory that a sender chooses.
const MOST_SAID: usize = 4_000_000;

/// Words out of which agencies make captions, and what trips whoever takes them apart.
const PIECES: [&str; 24] = [
    "TOPSHOT",
    " - ",
    "SARRIN, VELMARA",
    "MAY 24",
    ":",
    "A boat",
    ".",
    "\n",
    "(",
    ")",
    "/",
    "Photo by ",
    "Ann Osei",
    "AFP",
    "Photo credit should read ",
    "via Getty Images",
    "HANDOUT",
    "RESTRICTED TO EDITORIAL USE",
    "MANDATORY CREDIT \"",
    "\u{202e}",
    "é\u{301}",
    "İ",
    "\0",
    "2018",
];

/// A small generator of chance (`SplitMix64`, public domain): a test must not depend on the day.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    fn byte(&mut self) -> u8 {
        // Lengths and counts break at their ends.
        [0, 1, 0x7F, 0x80, 0xFF, self.next().to_le_bytes()[0]][self.below(6)]
    }
}

/// A setting of the test, not of the program.
#[expect(clippy::disallowed_methods, reason = "config knows no test")]
fn asked(name: &str, usually: u64) -> u64 {
    env::var(name).map_or(usually, |value| value.parse().unwrap())
}

/// Does it with one seed after the other until the time is over; says how often.
fn for_a_while(mut tried: impl FnMut(&mut Chance)) -> u64 {
    let seconds = asked("DATELINE_FUZZ_SECONDS", USUALLY);
    let first = asked("DATELINE_FUZZ_SEED", 0);
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut seed = first;
    while Instant::now() < end {
        let began = Instant::now();
        // A panic shows the test's output, of which this is the last line.
        println!("seed {seed}");
        tried(&mut Chance(seed));
        assert!(
            began.elapsed() < IN_TIME,
            "seed {seed}: {:?}",
            began.elapsed()
        );
        seed += 1;
    }
    seed - first
}

/// Changed bytes, pieces that are gone, doubled or moved, and an end that is missing.
fn mangled(mut bytes: Vec<u8>, chance: &mut Chance) -> Vec<u8> {
    for _ in 0..=chance.below(8) {
        // The words stand in front of the pixels.
        let at = chance.below(bytes.len().min(6_000));
        let length = chance.below(64).min(bytes.len() - at);
        match chance.below(6) {
            0 | 1 => bytes[at] = chance.byte(),
            2 => bytes[at..at + length].fill(chance.byte()),
            3 => drop(bytes.drain(at..at + length)),
            4 => {
                let piece = bytes[at..at + length].to_vec();
                let to = chance.below(bytes.len().min(6_000));
                bytes.splice(to..to, piece);
            }
            _ => {
                let noise: Vec<u8> = (0..length).map(|_| chance.byte()).collect();
                bytes.splice(at..at, noise);
            }
        }
        if bytes.is_empty() {
            return bytes;
        }
    }
    if chance.below(4) == 0 {
        bytes.truncate(chance.below(bytes.len()));
    }
    bytes
}

#[test]
fn no_mangled_file_upsets_whoever_reads_its_words() {
    let packet = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'>\
        <rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description \
        xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:description><rdf:Alt><rdf:li \
        xml:lang='x-default'>A &lt;boat&gt; &#233;</rdf:li></rdf:Alt></dc:description>\
        </rdf:Description></rdf:RDF></x:xmpmeta>";
    let iptc = b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x0e\x1C\x02\x78\0\x09A boat \xE9.";
    let with_packet = with_segment(&talkative_jpeg(), 0xE1, packet);
    let whole = [
        (with_segment(&with_packet, 0xED, iptc), OriginalFormat::Jpeg),
        (with_packet, OriginalFormat::Jpeg),
        (talkative_png(), OriginalFormat::Png),
        (talkative_webp(), OriginalFormat::Webp),
        (talkative_gif(), OriginalFormat::Gif),
        (super::samples::jpeg(&scene(40, 30)), OriginalFormat::Jpeg),
    ];
    let (first, format) = &whole[1];
    assert!(
        !metadata::read(first, *format).is_empty(),
        "there is something to read"
    );
    let tries = for_a_while(|chance| {
        let (bytes, format) = &whole[chance.below(whole.len())];
        let bytes = mangled(bytes.clone(), chance);
        let found = metadata::read(&bytes, *format);
        let said: usize = found.iter().map(|found| found.text().len()).sum();
        assert!(said < MOST_SAID, "{said} bytes");
    });
    assert!(tries > 100, "only {tries} files in the time");
}

#[test]
fn no_mangled_caption_upsets_whoever_takes_it_apart() {
    let tries = for_a_while(|chance| {
        let most = if chance.below(50) == 0 { 4_000 } else { 60 };
        let mut caption = String::new();
        for _ in 0..chance.below(most) {
            caption.push_str(PIECES[chance.below(PIECES.len())]);
            if chance.below(3) == 0 {
                caption.push(' ');
            }
        }
        let parts = wire_caption::split(&caption);
        let said: usize = parts.sentences.iter().map(String::len).sum();
        // Taking apart adds a sign between parts at most.
        assert!(
            said <= caption.len() * 2,
            "{said} bytes of {}",
            caption.len()
        );
    });
    assert!(tries > 100, "only {tries} captions in the time");
}
