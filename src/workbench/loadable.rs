//! A value that comes from slow work, with the previous one while it is not there.

/// Something that comes from slow work.
#[derive(Clone, Debug, Default)]
pub enum Loadable<T> {
    /// Nothing was asked for.
    #[default]
    Absent,
    /// At work; what was there before stays.
    Working {
        /// What was there before.
        previous: Option<T>,
    },
    /// Here.
    Ready(T),
}

impl<T> Loadable<T> {
    /// The value, be it the previous one.
    #[must_use]
    pub fn latest(&self) -> Option<&T> {
        match self {
            Self::Absent => None,
            Self::Working { previous } => previous.as_ref(),
            Self::Ready(value) => Some(value),
        }
    }

    pub(super) fn latest_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Absent => None,
            Self::Working { previous } => previous.as_mut(),
            Self::Ready(value) => Some(value),
        }
    }

    /// Whether a newer value is being worked on.
    #[must_use]
    pub const fn is_working(&self) -> bool {
        matches!(self, Self::Working { .. })
    }

    pub(super) fn start(&mut self) {
        let previous = match std::mem::take(self) {
            Self::Absent => None,
            Self::Working { previous } => previous,
            Self::Ready(value) => Some(value),
        };
        *self = Self::Working { previous };
    }

    pub(super) fn stop(&mut self) {
        if let Self::Working { previous } = self {
            *self = previous.take().map_or(Self::Absent, Self::Ready);
        }
    }
}
