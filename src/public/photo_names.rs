//! What the files of photos are called that journalists take: by their item, and by their place in it. The
//! library's number would tell how many pictures there are that nobody may see.

use crate::prose::markdown::images_in;

/// The numbers of an item's pictures: the one on top, then those of its texts, each once.
pub(super) fn placed(lead: Option<i64>, texts: [&str; 2]) -> Vec<i64> {
    let mut numbers: Vec<i64> = lead.into_iter().collect();
    for number in texts.into_iter().flat_map(images_in) {
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    numbers
}

/// `ferry-stops-2.jpg` of the second picture. What is shown no more keeps its place, so that no other is
/// called otherwise.
pub(super) fn file_name(slug: &str, placed: &[i64], image: i64) -> String {
    let before = placed.iter().position(|number| *number == image);
    format!("{slug}-{}.jpg", before.unwrap_or(placed.len()) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photo_is_called_by_its_place_in_the_item() {
        let placed = placed(Some(70), ["![](image:9)\n\n![](image:70)", "![](image:41)"]);
        assert_eq!(placed, [70, 9, 41]);
        for (image, name) in [(70, "a-1.jpg"), (9, "a-2.jpg"), (41, "a-3.jpg")] {
            assert_eq!(file_name("a", &placed, image), name);
        }
    }
}
