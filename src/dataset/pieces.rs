//! A column of a draft in the pieces in which it was read.

/// Cells in the order of the rows, in as many pieces as a reader made of them: nothing is copied to join them, and a
/// piece is given back as soon as its cells are where they belong.
#[derive(Clone, Debug)]
pub struct Pieces<T> {
    pieces: Vec<Vec<T>>,
    /// For each piece the row behind its last one.
    ends: Vec<usize>,
}

impl<T> Default for Pieces<T> {
    fn default() -> Self {
        Self { pieces: Vec::new(), ends: Vec::new() }
    }
}

impl<T: Copy> Pieces<T> {
    /// Adds rows.
    pub fn push(&mut self, piece: Vec<T>) {
        if !piece.is_empty() {
            self.ends.push(self.len() + piece.len());
            self.pieces.push(piece);
        }
    }

    /// Adds the same cell for so many rows.
    pub fn repeat(&mut self, cell: T, rows: usize) {
        self.push(vec![cell; rows]);
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.last().copied().unwrap_or(0)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The cells in order.
    pub fn iter(&self) -> impl Iterator<Item = T> + '_ {
        self.pieces.iter().flatten().copied()
    }

    /// Puts other cells in the place of these.
    pub fn change(&mut self, mut other: impl FnMut(T) -> T) {
        self.pieces.iter_mut().flatten().for_each(|cell| *cell = other(*cell));
    }

    /// Puts every cell to its place among `rows`, those without one nowhere. `cell` says with
    /// the draft row what becomes of each.
    pub(super) fn placed<U: Copy + Default>(
        self,
        places: &Pieces<u32>,
        rows: usize,
        mut cell: impl FnMut(usize, T) -> U,
    ) -> Vec<U> {
        let mut column = vec![U::default(); rows];
        let mut row = 0;
        for piece in self.pieces {
            let mut cells = piece.as_slice();
            places.each_run(row, piece.len(), |places| {
                let (here, behind) = cells.split_at(places.len());
                for (value, place) in here.iter().zip(places) {
                    if let Some(to) = column.get_mut(*place as usize) {
                        *to = cell(row, *value);
                    }
                    row += 1;
                }
                cells = behind;
            });
        }
        column
    }

    /// Calls `run` with the cells of so many rows from one on, as they stand together.
    pub(super) fn each_run(&self, from: usize, mut rows: usize, mut run: impl FnMut(&[T])) {
        let (mut piece, mut at) = self.find(from);
        while rows > 0 {
            let cells = &self.pieces[piece][at..];
            let taken = cells.len().min(rows);
            run(&cells[..taken]);
            (piece, at, rows) = (piece + 1, 0, rows - taken);
        }
    }

    /// The piece of a row, and the row's place in it.
    fn find(&self, row: usize) -> (usize, usize) {
        let piece = self.ends.partition_point(|end| *end <= row);
        (piece, row - piece.checked_sub(1).map_or(0, |before| self.ends[before]))
    }

    /// The cell of a row.
    ///
    /// # Panics
    /// Where there is no such row.
    pub(super) fn at(&self, row: usize) -> T {
        let (piece, place) = self.find(row);
        self.pieces[piece][place]
    }
}

impl<T: Copy> From<Vec<T>> for Pieces<T> {
    fn from(cells: Vec<T>) -> Self {
        let mut pieces = Self::default();
        pieces.push(cells);
        pieces
    }
}

impl<T: Copy> FromIterator<T> for Pieces<T> {
    fn from_iter<I: IntoIterator<Item = T>>(cells: I) -> Self {
        Self::from(cells.into_iter().collect::<Vec<T>>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_several_pieces_are_put_to_their_places() {
        let mut pieces = Pieces::from(vec![10, 11]);
        pieces.push(Vec::new());
        pieces.push(vec![12]);
        pieces.repeat(13, 1);
        assert_eq!((pieces.len(), pieces.at(1), pieces.at(2), pieces.at(3)), (4, 11, 12, 13));
        assert_eq!(pieces.iter().collect::<Vec<_>>(), [10, 11, 12, 13]);
        // The third row is dropped; the places are in other pieces.
        let mut places = Pieces::from(vec![2, 0, u32::MAX]);
        places.push(vec![1]);
        assert_eq!(pieces.placed(&places, 3, |row, cell| cell + 100 * row), [111, 313, 10]);
    }
}
