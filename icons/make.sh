#!/bin/sh
# Makes every icon file from the two hand-drawn SVG files beside this script.
# Needs rsvg-convert (librsvg2-bin), optipng, icotool (icoutils), png2icns (icnsutils)
# and python3.
set -eu
cd "$(dirname "$0")"

name=customer-focus
theme=hicolor
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Makes a PNG smaller and keeps it RGBA: readers of .ico and .icns files take nothing else.
shrink() {
    optipng -quiet -o5 -nb -nc -np -strip all "$1"
}

rm -rf "$theme"
for size in 16 24 32 48 64 128 256 512; do
    folder=$theme/${size}x${size}/apps
    mkdir -p "$folder"
    rsvg-convert --width "$size" --height "$size" --output "$folder/$name.png" "$name.svg"
    shrink "$folder/$name.png"
done
mkdir -p "$theme/scalable/apps" "$theme/symbolic/apps"
cp "$name.svg" "$theme/scalable/apps/$name.svg"
cp "$name-symbolic.svg" "$theme/symbolic/apps/$name-symbolic.svg"

# Windows: the 256 pixel picture is stored as PNG, the others as bitmaps for old readers.
icotool --create --output "$name.ico" \
    $(for size in 16 24 32 48 64; do echo "$theme/${size}x${size}/apps/$name.png"; done) \
    --raw "$theme/256x256/apps/$name.png"

# macOS: icons there keep a margin, the square fills 824 of 1024 units.
for size in 16 32 48 64 128 256 512 1024; do
    inner=$(awk "BEGIN { print $size * 824 / 1024 }")
    margin=$(awk "BEGIN { print $size * 100 / 1024 }")
    rsvg-convert --width "$inner" --height "$inner" --left "$margin" --top "$margin" \
        --page-width "$size" --page-height "$size" --output "$work/$size.png" "$name.svg"
    shrink "$work/$size.png"
done
# png2icns would write the large sizes as lossy JPEG 2000: it makes the small, uncompressed ones,
# and the large ones and those for Retina displays are added as the PNG files that they are.
png2icns "$work/small.icns" "$work/16.png" "$work/32.png" "$work/48.png" "$work/128.png" >/dev/null
python3 - "$work" "$name.icns" <<'PYTHON'
import pathlib
import struct
import sys

work, target = map(pathlib.Path, sys.argv[1:])
pictures = {"ic11": 32, "ic12": 64, "ic13": 256, "ic08": 256, "ic14": 512, "ic09": 512, "ic10": 1024}
body = (work / "small.icns").read_bytes()[8:]
for kind, size in pictures.items():
    picture = (work / f"{size}.png").read_bytes()
    body += kind.encode() + struct.pack(">I", 8 + len(picture)) + picture
target.write_bytes(b"icns" + struct.pack(">I", 8 + len(body)) + body)
PYTHON
