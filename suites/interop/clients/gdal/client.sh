#!/usr/bin/env bash
. "$(dirname "$0")/../things.sh"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export AWS_S3_ENDPOINT=${INTEROP_ENDPOINT#http://} AWS_HTTPS=NO AWS_VIRTUAL_HOSTING=FALSE CPL_CURL_VERBOSE=NO GDAL_HTTP_MAX_RETRY=0
export CPL_AWS_AUTODETECT_EC2=NO GDAL_DISABLE_READDIR_ON_OPEN=EMPTY_DIR

# A raster of one pixel, written to and read from /vsis3.
cat >"$scratch/one.asc" <<GRID
ncols 1
nrows 1
xllcorner 0
yllcorner 0
cellsize 1
7
GRID
put() { gdal_translate -q -of GTiff "$scratch/one.asc" "$scratch/one.tif" && gdal_copy "$scratch/one.tif" "/vsis3/$INTEROP_BUCKET/$1"; }
# The rasters are small: copying is translating them as they are.
gdal_copy() { gdal_translate -q -of GTiff --config CPL_VSIL_USE_TEMP_FILE_FOR_RANDOM_WRITE YES "$1" "$2" 2>&1 | grep . && return 1 || true; }
there_and_back() { put "$1" && gdalinfo "/vsis3/$INTEROP_BUCKET/$1" | grep -F 'Size is 1, 1'; }
key() { step keys "$1" there_and_back "$1"; }

case $1 in
  all) each_line "$INTEROP_KEYS_FILE" key ;;
  one) step one s3 put one.tif ;;
esac
say done
