//! Which way suits the processor of this computer.

use super::eight::{self, Values, Windows};
#[cfg(all(target_arch = "x86_64", not(portable_scan)))]
use super::x86;

/// What the processor of this computer can do.
#[derive(Clone, Copy, Debug)]
pub(in super::super) enum Processor {
    Any,
    #[cfg(all(target_arch = "x86_64", not(portable_scan)))]
    Avx2(x86::Avx2),
    #[cfg(all(target_arch = "x86_64", not(portable_scan)))]
    Avx512(x86::Avx512),
}

impl Processor {
    /// Asks it.
    pub(in super::super) fn detect() -> Self {
        #[cfg(all(target_arch = "x86_64", not(portable_scan)))]
        if let Some(avx512) = x86::Avx512::detect() {
            return Self::Avx512(avx512);
        } else if let Some(avx2) = x86::Avx2::detect() {
            return Self::Avx2(avx2);
        }
        Self::Any
    }

    /// Whatever this one can do, and what others cannot.
    #[cfg(test)]
    pub(super) fn all() -> Vec<Self> {
        vec![
            Self::Any,
            #[cfg(all(target_arch = "x86_64", not(portable_scan)))]
            x86::Avx2::detect().map_or(Self::Any, Self::Avx2),
            Self::detect(),
        ]
    }

    /// Hours as whole seconds, half to even.
    pub(in super::super) fn seconds(self, windows: &Windows, mark: u8) -> Values<u32> {
        match self {
            Self::Any => eight::seconds(windows, mark),
            #[cfg(all(target_arch = "x86_64", not(portable_scan)))]
            Self::Avx2(avx2) => avx2.seconds(windows, mark),
            #[cfg(all(target_arch = "x86_64", not(portable_scan)))]
            Self::Avx512(avx512) => avx512.seconds(windows, mark),
        }
    }

    /// Counts.
    pub(in super::super) fn counts(self, windows: &Windows, mark: u8) -> Values<f64> {
        match self {
            Self::Any => eight::counts(windows, mark),
            #[cfg(all(target_arch = "x86_64", not(portable_scan)))]
            Self::Avx2(avx2) => avx2.counts(windows, mark),
            #[cfg(all(target_arch = "x86_64", not(portable_scan)))]
            Self::Avx512(avx512) => avx512.counts(windows, mark),
        }
    }
}
