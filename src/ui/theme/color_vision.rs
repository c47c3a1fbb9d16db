//! The palettes as people with the three kinds of color blindness see them.
//!
//! Machado, Oliveira and Fernandes (2009) at full severity in linear light; distances in CIELAB (CIE76,
//! D65). A distance of 20 and more is easy to tell apart.

use egui::Color32;

use super::Tokens;

type Matrix = [[f64; 3]; 3];

const NORMAL: Matrix = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
const PROTAN: Matrix =
    [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]];
const DEUTAN: Matrix =
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]];
const TRITAN: Matrix =
    [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]];

/// Linear sRGB to CIE XYZ under D65.
const TO_XYZ: Matrix =
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]];

fn apply(matrix: &Matrix, [x, y, z]: [f64; 3]) -> [f64; 3] {
    matrix.map(|[a, b, c]| a * x + b * y + c * z)
}

fn lab(color: Color32, vision: &Matrix) -> [f64; 3] {
    let linear = [color.r(), color.g(), color.b()].map(|byte| {
        let value = f64::from(byte) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    let seen = apply(vision, linear).map(|part| part.clamp(0.0, 1.0));
    let [x, y, z] = apply(&TO_XYZ, seen);
    let [x, y, z] = [x / 0.95047, y, z / 1.08883]
        .map(|part| if part > 0.008856 { part.cbrt() } else { 7.787 * part + 16.0 / 116.0 });
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// The distance of the two colors of a palette that are hardest to tell apart.
fn worst(palette: &[Color32], vision: &Matrix) -> f64 {
    let distance =
        |first: [f64; 3], second: [f64; 3]| first.iter().zip(second).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
    let seen: Vec<_> = palette.iter().map(|color| lab(*color, vision)).collect();
    let pairs = seen
        .iter()
        .enumerate()
        .flat_map(|(index, first)| seen.iter().skip(index + 1).map(move |second| distance(*first, *second)));
    pairs.fold(f64::INFINITY, f64::min)
}

fn assert_worst(palette: &[Color32], stated: [f64; 4]) {
    for (vision, stated) in [NORMAL, PROTAN, DEUTAN, TRITAN].iter().zip(stated) {
        let worst = worst(palette, vision);
        assert!(worst >= 20.0 && (worst - stated).abs() < 0.6, "{worst:.1}, stated {stated}");
    }
}

#[test]
fn bands_are_told_apart_with_any_color_vision() {
    assert_worst(&Tokens::LIGHT.data.bands, [28.5, 27.0, 29.3, 23.4]);
}

#[test]
fn highlight_contrast_and_muted_are_told_apart_with_any_color_vision() {
    let data = &Tokens::LIGHT.data;
    assert_worst(&[data.highlight, data.contrast, data.muted], [33.0, 29.9, 36.4, 23.7]);
}

#[test]
fn colors_of_status_are_told_apart_with_any_color_vision() {
    let status = &Tokens::LIGHT.data.status;
    let palette = [status.on_schedule, status.at_risk, status.late, status.not_started];
    assert_worst(&palette, [33.0, 29.9, 36.4, 23.7]);
}

#[test]
fn series_are_told_apart_with_any_color_vision() {
    assert_worst(&Tokens::LIGHT.data.series, [66.0, 44.0, 53.0, 31.0]);
}
