#!/usr/bin/env python3
"""Makes the committed data files from the published packages' own files.

    python3 data/convert.py SOURCE      SOURCE: the folder with emoji/, fashion-mnist/, mnist10k/, photos/, tabular/ and trees/
    python3 data/convert.py             only writes checksums.toml afresh

Python 3, standard library only, and cargo for photos in JPEG. The values are copied as
they stand: what changes is the form (a header row with names and units, classes by name, IDX for pictures).
Photos are the exception: cut to a square and made smaller.
Each folder's README says where its source files come from.
"""

import csv
import gzip
import hashlib
import pathlib
import shutil
import struct
import subprocess
import sys
import tarfile
import tempfile
import zlib

DATA = pathlib.Path(__file__).resolve().parent

IRIS = ["sepal_length [cm]", "sepal_width [cm]", "petal_length [cm]", "petal_width [cm]", "species"]

PENGUINS = [
    "species", "island", "bill_length [mm]", "bill_depth [mm]",
    "flipper_length [mm]", "body_mass [g]", "sex", "year",
]

DIABETES = [
    "age [years]", "sex", "bmi [kg/m^2]", "blood_pressure", "total_cholesterol", "ldl",
    "hdl", "cholesterol_ratio", "log_triglycerides", "glucose", "progression",
]

WINE = [
    "alcohol", "malic_acid", "ash", "alcalinity_of_ash", "magnesium", "total_phenols", "flavanoids",
    "nonflavanoid_phenols", "proanthocyanins", "color_intensity", "hue", "od280_od315", "proline",
    "cultivar",
]

NUCLEUS = [
    "radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity",
    "concave_points", "symmetry", "fractal_dimension",
]
BREAST_CANCER = [f"{kind}_{name}" for kind in ("mean", "error", "worst") for name in NUCLEUS] + ["diagnosis"]


# The square that is cut out of each photo: left, top, side, in the source's pixels.
PHOTOS = {
    "astronaut": (0, 0, 512),
    "brick": (0, 0, 512),
    "camera": (0, 0, 512),
    "cell": (0, 55, 550),
    "chelsea": (75, 0, 300),
    "china": (0, 0, 427),
    "coffee": (80, 0, 400),
    "coins": (40, 0, 303),
    "flower": (106, 0, 427),
    "grace_hopper": (0, 0, 512),
    "gravel": (0, 0, 512),
    "horse": (72, 0, 328),
    "ihc": (0, 0, 512),
    "retina": (0, 0, 1411),
    "rocket": (106, 0, 427),
}
PHOTO_SIDE = 256

# The photos that are kept whole as well, for detectors that need the pixels.
WHOLE_PHOTOS = ["astronaut"]

# The emoji, by the code point that is their file's name in the source.
EMOJI = {
    "1f34c": "banana",
    "1f353": "strawberry",
    "26bd": "football",
    "1f697": "car",
    "1f431": "cat",
    "1f438": "frog",
    "1f33b": "sunflower",
    "1f4a7": "droplet",
    "1f427": "penguin",
    "1f369": "doughnut",
}


def write_table(name, header, rows):
    """One CSV file: header first, `\\n` at the end of every line."""
    folder = DATA / name
    folder.mkdir(exist_ok=True)
    with open(folder / f"{name}.csv", "w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            assert len(row) == len(header), (name, row)
            writer.writerow(row)


def labelled_table(path):
    """scikit-learn's own form: first line `rows,columns,class names…`, last column the class's number."""
    with open(path, newline="", encoding="utf-8") as file:
        first, *rows = csv.reader(file)
    classes = first[2:]
    assert len(rows) == int(first[0]), path
    return [row[:-1] + [classes[int(row[-1])]] for row in rows]


def write_idx(path, shape, values):
    """IDX of unsigned bytes: magic 00 00 08 DIMENSIONS, sizes as big-endian u32, then the bytes.

    `mtime=0` and no file name in the gzip header, so that the same input gives the same bytes.
    """
    header = bytes([0, 0, 8, len(shape)]) + b"".join(struct.pack(">I", size) for size in shape)
    path.parent.mkdir(exist_ok=True)
    with open(path, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
        out.write(header + bytes(values))


def paeth(left, up, corner):
    """PNG's guess of a byte: whichever neighbour is nearest to left + up - corner."""
    to_left, to_up, to_corner = abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)
    if to_left <= to_up and to_left <= to_corner:
        return left
    return up if to_up <= to_corner else corner


def guess(kind, left, up, corner):
    """What each of PNG's five filters takes from a byte."""
    return (0, left, up, (left + up) // 2, paeth(left, up, corner))[kind]


def png_chunks(data):
    """The content of each chunk by its name; IDAT joined."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, at = {}, 8
    while at < len(data):
        size, name = struct.unpack(">I4s", data[at : at + 8])
        chunks[name] = chunks.get(name, b"") + data[at + 8 : at + 8 + size]
        at += 12 + size
    return chunks


def read_png(path):
    """Rows of bytes and the number of channels; 8 bits, grey, RGB or RGBA, not interlaced."""
    chunks = png_chunks(path.read_bytes())
    width, height, bits, colour, *_, interlaced = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert bits == 8 and colour in (0, 2, 6) and not interlaced, path
    channels = {0: 1, 2: 3, 6: 4}[colour]
    raw, stride = zlib.decompress(chunks[b"IDAT"]), 1 + width * channels
    above, rows = bytes(stride - 1), []
    for y in range(height):
        kind, row = raw[y * stride], bytearray(raw[y * stride + 1 : (y + 1) * stride])
        for i in range(stride - 1):
            left, corner = (row[i - channels], above[i - channels]) if i >= channels else (0, 0)
            row[i] = (row[i] + guess(kind, left, above[i], corner)) & 255
        rows.append(row)
        above = row
    return rows, channels


def read_jpeg(path):
    """As `read_png`: the course's own decoder writes a PNG, which is read."""
    with tempfile.TemporaryDirectory() as folder:
        png = pathlib.Path(folder) / "photo.png"
        command = ["cargo", "run", "--quiet", "--package", "pictures", "--example", "to_png", "--", path, png]
        subprocess.run(command, cwd=DATA, check=True)
        return read_png(png)


def grey_on_white(rows):
    """Rows of RGBA as rows of grey: each pixel laid on white, as bright as its red."""
    return [bytes((r * a + 255 * (255 - a) + 127) // 255 for r, a in zip(row[::4], row[3::4])) for row in rows]


def write_png(path, rows, channels):
    """PNG of 8 bits; each row with the filter that leaves the smallest bytes."""
    def filtered(kind, row, above):
        before = [0] * channels
        corners, lefts = before + list(above), before + list(row)
        return bytes((row[i] - guess(kind, lefts[i], above[i], corners[i])) & 255 for i in range(len(row)))

    above, raw = bytes(len(rows[0])), b""
    for row in rows:
        tries = [bytes([kind]) + filtered(kind, row, above) for kind in range(5)]
        raw += min(tries, key=lambda line: sum(min(byte, 256 - byte) for byte in line[1:]))
        above = row
    header = struct.pack(">IIBBBBB", len(rows[0]) // channels, len(rows), 8, 0 if channels == 1 else 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n"
    for name, content in ((b"IHDR", header), (b"IDAT", zlib.compress(raw, 9)), (b"IEND", b"")):
        checked = name + content
        data += struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)


def shares(size, to):
    """For each of `to` equal parts of a line of `size` pixels: its pixels and how much of each, in 1/to."""
    parts = []
    for part in range(to):
        low, high = part * size, (part + 1) * size
        pixels = range(low // to, -(-high // to))
        parts.append([(i, min(high, (i + 1) * to) - max(low, i * to)) for i in pixels])
    return parts


def shrink(rows, channels, side):
    """A square made `side` pixels wide by area averaging: each new pixel is the mean of what it covers."""
    size = len(rows)
    parts = shares(size, side)
    across = [
        [sum(share * row[i * channels + c] for i, share in part) for part in parts for c in range(channels)]
        for row in rows
    ]
    whole = size * size
    return [
        bytes((sum(share * across[i][x] for i, share in part) + whole // 2) // whole for x in range(side * channels))
        for part in parts
    ]


def read_photo(source, name):
    """Rows of bytes and the number of channels, 1 or 3."""
    png = source / f"{name}.png"
    rows, channels = read_png(png) if png.exists() else read_jpeg(source / f"{name}.jpg")
    return (grey_on_white(rows), 1) if channels == 4 else (rows, channels)


def convert_photos(source):
    for name, (left, top, side) in PHOTOS.items():
        rows, channels = read_photo(source, name)
        if name in WHOLE_PHOTOS:
            write_png(DATA / "photos" / f"{name}_{len(rows)}.png", rows, channels)
        cut = [row[left * channels : (left + side) * channels] for row in rows[top : top + side]]
        write_png(DATA / "photos" / f"{name}.png", shrink(cut, channels, PHOTO_SIDE), channels)


def convert_emoji(source):
    (DATA / "emoji").mkdir(exist_ok=True)
    with tarfile.open(source / "noto-emoji-136x128.tar.gz") as files:
        for code, name in EMOJI.items():
            (DATA / "emoji" / f"{name}.png").write_bytes(files.extractfile(f"./{code}.png").read())


def convert(source):
    tables = source / "tabular"
    write_table("iris", IRIS, labelled_table(tables / "iris.csv"))
    write_table("wine", WINE, labelled_table(tables / "wine_data.csv"))
    write_table("breast_cancer", BREAST_CANCER, labelled_table(tables / "breast_cancer.csv"))

    with open(tables / "penguins.csv", newline="", encoding="utf-8") as file:
        write_table("penguins", PENGUINS, list(csv.reader(file))[1:])

    # Two files with one patient a line, merged: ten measurements, then the target.
    with gzip.open(tables / "diabetes_data_raw.csv.gz", "rt") as file:
        measured = [line.split() for line in file]
    with gzip.open(tables / "diabetes_target.csv.gz", "rt") as file:
        progression = [f"{float(line):g}" for line in file]
    assert len(measured) == len(progression)
    write_table("diabetes", DIABETES, [row + [y] for row, y in zip(measured, progression)])

    # 64 pixels (0 to 16) and the digit a line.
    with gzip.open(tables / "digits.csv.gz", "rt") as file:
        digits = [[int(float(value)) for value in line.split(",")] for line in file]
    pixels = [value for row in digits for value in row[:64]]
    write_idx(DATA / "digits8" / "digits8-images-idx3-ubyte.gz", (len(digits), 8, 8), pixels)
    write_idx(DATA / "digits8" / "digits8-labels-idx1-ubyte.gz", (len(digits),), [row[64] for row in digits])

    (DATA / "mnist10k").mkdir(exist_ok=True)
    for part in ("images-idx3", "labels-idx1"):
        name = f"mnist10k-{part}-ubyte.gz"
        shutil.copyfile(source / "mnist10k" / name, DATA / "mnist10k" / name)

    (DATA / "fashion").mkdir(exist_ok=True)
    for part in ("train10k", "t10k"):
        for kind in ("images-idx3", "labels-idx1"):
            name = f"{part}-{kind}-ubyte.gz"
            shutil.copyfile(source / "fashion-mnist" / name, DATA / "fashion" / name)

    convert_photos(source / "photos")
    convert_emoji(source / "emoji")

    (DATA / "trees").mkdir(exist_ok=True)
    for name in ("OSBS_029", "SOAP_061"):
        for kind in ("png", "xml"):
            shutil.copyfile(source / "trees" / f"{name}.{kind}", DATA / "trees" / f"{name}.{kind}")


def is_data(path):
    """Every file of a set's folder counts, save what people read: README.md and licence texts."""
    return path.is_file() and path.name != "README.md" and not path.name.startswith("LICENSE")


def write_checksums():
    lines = ["# sha256 of every committed data file, checked each time a file is loaded.", "# Written by convert.py.", ""]
    folders = [folder for folder in sorted(DATA.iterdir()) if folder.is_dir() and folder.name != "cache"]
    for path in sorted(path for folder in folders for path in folder.rglob("*") if is_data(path)):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        lines.append(f'"{path.relative_to(DATA).as_posix()}" = "{digest}"')
    (DATA / "checksums.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        sys.exit("use: python3 data/convert.py [SOURCE]")
    if len(sys.argv) == 2:
        convert(pathlib.Path(sys.argv[1]))
    write_checksums()
