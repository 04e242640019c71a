//! A small generator of numbers (`SplitMix64`): the same seed gives the same picture on every machine.

pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(
            seed.wrapping_mul(0x2545_F491_4F6C_DD1D)
                .wrapping_add(0x9E37),
        )
    }

    pub(super) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to, not including, 1.
    pub(super) fn unit(&mut self) -> f32 {
        let [low, high, ..] = self.bits().to_le_bytes();
        f32::from(u16::from_le_bytes([low, high])) / 65536.0
    }

    pub(super) fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// A wobble around nothing, at most `reach` either way.
    pub(super) fn sway(&mut self, reach: f32) -> f32 {
        self.between(-reach, reach)
    }

    pub(super) fn happens(&mut self, share: f32) -> bool {
        self.unit() < share
    }

    pub(super) fn side(&mut self) -> f32 {
        if self.happens(0.5) { 1.0 } else { -1.0 }
    }

    pub(super) fn pick<T: Copy + Default>(&mut self, choices: &[T]) -> T {
        let [first, ..] = self.bits().to_le_bytes();
        let at = usize::from(first).checked_rem(choices.len()).unwrap_or(0);
        choices.get(at).copied().unwrap_or_default()
    }
}
