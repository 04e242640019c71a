//! The XMP packet: the same words as XML.

use super::exif::{ARC_PARTS, arc, east, north};
use super::{Embedded, plain, upright};

/// The same for XMP, counted after escaping.
const LONGEST_ESCAPED: usize = 12_000;

pub(super) fn packet(words: &Embedded) -> String {
    let (caption, copyright) = (escaped(&words.caption), escaped(&words.copyright));
    let (credit, by_line) = (escaped(&words.credit), escaped(&words.by_line));
    let (serial, orientation) = (escaped(&words.serial), upright(words.orientation));
    let latitude = degrees(words.latitude, north(words.latitude));
    let longitude = degrees(words.longitude, east(words.longitude));
    format!(
        r#"<?xpacket begin="{mark}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:aux="http://ns.adobe.com/exif/1.0/aux/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:exif="http://ns.adobe.com/exif/1.0/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:tiff="http://ns.adobe.com/tiff/1.0/">
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{caption}</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>{by_line}</rdf:li></rdf:Seq></dc:creator>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{copyright}</rdf:li></rdf:Alt></dc:rights>
<photoshop:Credit>{credit}</photoshop:Credit>
<exif:GPSLatitude>{latitude}</exif:GPSLatitude>
<exif:GPSLongitude>{longitude}</exif:GPSLongitude>
<tiff:Orientation>{orientation}</tiff:Orientation>
<aux:SerialNumber>{serial}</aux:SerialNumber>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"#,
        mark = '\u{FEFF}',
    )
}

/// `48,51.400000N`: whole degrees, minutes with their fraction, direction.
fn degrees(value: f64, direction: &str) -> String {
    let (degrees, minutes, parts) = arc(value);
    let minutes = f64::from(minutes) + f64::from(parts) / (f64::from(ARC_PARTS) * 60.0);
    format!("{degrees},{minutes:.6}{direction}")
}

pub(super) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in plain(text).chars() {
        let piece = match letter {
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            '"' => "&quot;".to_owned(),
            other => other.to_string(),
        };
        if out.len() + piece.len() > LONGEST_ESCAPED {
            break;
        }
        out.push_str(&piece);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_degree_is_thirty_minutes() {
        assert_eq!(degrees(10.5, "N"), "10,30.000000N");
    }
}
