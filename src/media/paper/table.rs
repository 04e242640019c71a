//! Tables: columns as wide as their words want, as far as the page allows; rows that stay on one page.

use super::layout::{Block, Composer, Slot};
use super::look::{BOTTOM, CELL, COLUMN, HEADER, Look, MARGIN, WIDTH};
use super::words::Words;
use super::{Row, Run, Table};

/// Between two columns.
const GUTTER: f32 = 10.0;
/// More columns than that would be too narrow to read.
const MOST: usize = 8;
const PADDING: f32 = 2.5;

impl Composer<'_, '_> {
    pub(super) fn table(&mut self, part: usize, table: &Table) {
        let columns = table.rows.iter().map(|row| row.cells.len()).max();
        let columns = columns.unwrap_or_default();
        self.gap(9.0);
        if columns > MOST {
            for (number, row) in table.rows.iter().enumerate() {
                self.run_on(Slot::Cell(part, number, 0), row);
            }
            return;
        }
        let widths = self.widths(table, columns);
        for (number, row) in table.rows.iter().enumerate() {
            self.row((part, number), row, &widths);
        }
    }

    /// What each column gets: all that it wants where that is less than its share; the others share the rest.
    fn widths(&mut self, table: &Table, columns: usize) -> Vec<f32> {
        let mut wanted = vec![0.0_f32; columns];
        for row in &table.rows {
            for (cell, wanted) in row.cells.iter().zip(&mut wanted) {
                let look = look(row);
                let words = Words::of(cell, look.voice, self.leftwards);
                let width = self
                    .types
                    .measured(&words)
                    .within(&words, COLUMN / look.size);
                *wanted = wanted.max(width * look.size + 1.0);
            }
        }
        shared(&wanted)
    }

    fn row(&mut self, (part, number): (usize, usize), row: &Row, widths: &[f32]) {
        let look = look(row);
        let cells = row.cells.iter().zip(widths);
        let blocks: Vec<Block> = cells
            .map(|(cell, width)| self.block(cell, &look, *width))
            .collect();
        let height = blocks.iter().map(height).fold(0.0, f32::max) + 2.0 * PADDING;
        if MARGIN + height > BOTTOM {
            return self.run_on(Slot::Cell(part, number, 0), row);
        }
        if self.top + height > BOTTOM {
            self.turn();
        }
        self.settle();
        let (top, mut before) = (self.top + PADDING, 0.0);
        for (column, (block, width)) in blocks.iter().zip(widths).enumerate() {
            let left = if self.leftwards {
                WIDTH - MARGIN - before - width
            } else {
                MARGIN + before
            };
            self.top = top;
            for range in &block.lines {
                let slot = Slot::Cell(part, number, column);
                self.line((slot, (left, left + width)), block, range.clone());
            }
            before += width + GUTTER;
        }
        self.top = top + height - PADDING;
        self.stroke(if row.is_header { 0.8 } else { 0.3 });
    }

    /// A row that no page holds, as a paragraph.
    fn run_on(&mut self, slot: Slot, row: &Row) {
        let mut runs: Vec<Run> = Vec::new();
        for cell in &row.cells {
            if !runs.is_empty() {
                runs.push(Run {
                    words: " | ".to_owned(),
                    ..Run::default()
                });
            }
            runs.extend(cell.iter().cloned());
        }
        let block = self.block(&runs, &look(row), COLUMN);
        self.all(slot, block);
    }
}

const fn look(row: &Row) -> Look {
    if row.is_header { HEADER } else { CELL }
}

fn height(block: &Block) -> f32 {
    block.lines.iter().map(|_line| block.leading).sum()
}

/// The column between its gutters.
fn shared(wanted: &[f32]) -> Vec<f32> {
    let many = |count: usize| f32::from(u16::try_from(count).unwrap_or(u16::MAX));
    let mut left = COLUMN - GUTTER * many(wanted.len().saturating_sub(1));
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    let of = |column: &usize| wanted.get(*column).copied().unwrap_or_default();
    order.sort_by(|one, other| of(one).total_cmp(&of(other)));
    let mut widths = vec![0.0; wanted.len()];
    for (taken, column) in order.iter().enumerate() {
        let share = left / many(wanted.len() - taken);
        let width = of(column).min(share);
        left -= width;
        if let Some(own) = widths.get_mut(*column) {
            *own = width;
        }
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narrow_columns_get_what_they_want_and_wide_ones_share_the_rest() {
        let widths = shared(&[40.0, 900.0, 60.0, 900.0]);
        let rest = (COLUMN - 3.0 * GUTTER - 100.0) / 2.0;
        assert_eq!(widths, [40.0, rest, 60.0, rest]);
        assert!(shared(&[]).is_empty());
    }
}
