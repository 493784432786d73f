#!/bin/sh
# Makes the certificates of this folder anew: two authorities, servers on loopback, and clients. Valid from 2020 to 2120.
# Run in this folder, with OpenSSL 3. The authorities' own keys are thrown away.
set -eu
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

cat >"$work/ca.conf" <<CONF
[ca]
default_ca = any
[any]
database = $work/index
new_certs_dir = $work
rand_serial = yes
default_md = sha256
policy = any_name
unique_subject = no
copy_extensions = copy
[any_name]
commonName = supplied
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[leaf]
basicConstraints = critical, CA:FALSE
CONF
: >"$work/index"

key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1"; }
sign() { openssl ca -batch -config "$work/ca.conf" -startdate 20200101000000Z -enddate 21200101000000Z -notext "$@" 2>"$work/log" || { cat "$work/log"; exit 1; }; }

# authority NAME TITLE
authority() {
  key "$work/$1.key"
  openssl req -new -key "$work/$1.key" -subj "/CN=$2, for tests only" -out "$work/$1.csr"
  sign -selfsign -keyfile "$work/$1.key" -in "$work/$1.csr" -extensions authority -out "$1.cert.pem"
}

# leaf NAME AUTHORITY SUBJECT ALTERNATIVE_NAMES
leaf() {
  key "$1.key.pem"
  openssl req -new -key "$1.key.pem" -subj "/CN=$3" -addext "subjectAltName=$4" -out "$work/$1.csr"
  sign -keyfile "$work/$2.key" -cert "$2.cert.pem" -in "$work/$1.csr" -extensions leaf -out "$1.cert.pem"
}

loopback='DNS:localhost,IP:127.0.0.1,IP:::1'
authority authority 'Sluice authority'
authority stranger 'Another authority'
leaf server authority 'Sluice server' "$loopback"
leaf renewed authority 'Sluice server, renewed' "$loopback"
leaf client authority 'indexer-1' 'URI:spiffe://sluice.test/indexer-1'
leaf foreign stranger 'indexer-1' 'URI:spiffe://sluice.test/indexer-1'
