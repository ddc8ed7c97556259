#!/usr/bin/env python3
"""Makes the committed data files from the published packages' own files.

    python3 data/convert.py SOURCE      SOURCE: the folder with mnist10k/, fashion-mnist/ and tabular/
    python3 data/convert.py             only writes checksums.toml afresh

Python 3, standard library only. The values are copied as they stand: what changes
is the form (a header row with names and units, classes by name, IDX for pictures).
Each folder's README says where its source files come from.
"""

import csv
import gzip
import hashlib
import pathlib
import shutil
import struct
import sys

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
