#!/bin/sh
# Instructions of `customer-focus insights` on one thread, counted by callgrind: in all, for each row, and the ten most
# costly functions. Hardly changes from run to run, unlike time: the figure for comparing commits.
#
#   benches/instructions.sh             builds the program with its symbols; needs valgrind
#   benches/instructions.sh PROGRAM     takes this one, built from any commit
set -eu

cd "$(dirname "$0")/.."
if [ $# -gt 0 ]; then
    program=$1
else
    # As it is released, but for the names of its functions.
    cargo rustc --release --bin customer-focus -- -C strip=none
    program=${CARGO_TARGET_DIR:-target}/release/customer-focus
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Writes the sample company of so many people, and counts the instructions that its insights take.
count() {
    "$program" sample "$folder/$1" --people "$1" --weeks 52 --columns 73 > "$folder/written"
    file=$(echo "$folder/$1"/*person-query*.csv)
    rows=$(($(wc -l < "$file") - 1))
    # 1 is the program's word for a finding of its data check.
    valgrind --tool=callgrind --callgrind-out-file="$folder/$1.out" \
        "$program" insights "$file" --threads 1 > "$folder/shown" 2> "$folder/said" || [ $? -eq 1 ]
    counted=$(sed -n 's/^.*Collected : *//p' "$folder/said")
    echo "$rows rows: $((counted / 1000000)) million instructions"
}

# The ten most costly functions of the last count, in millions and percent. A function has a line for every source file
# that something in it came from: they are added up, or the longest counts where a line has what is called as well.
costly() {
    callgrind_annotate --threshold=100 --auto=no --inclusive="$1" "$folder/3000.out" |
        awk -v all="$counted" -v inclusive="$1" -v only="$2" '
            # "1,234 ( 0.12%)  FILE:FUNCTION [OBJECT]"
            match($0, /^ *[0-9,]+ \([ 0-9.]+%\)  [^:]*:/) {
                name = substr($0, RLENGTH + 1)
                sub(/ \[[^]]*\]$/, "", name)
                cost = $1
                gsub(/,/, "", cost)
                if (name !~ only) next
                if (inclusive == "no") costs[name] += cost
                else if (cost > costs[name] + 0) costs[name] = cost
            }
            END { for (name in costs) printf "%8.1f  %4.1f %%  %s\n", costs[name] / 1e6, 100 * costs[name] / all, name }
        ' | sort -rn | head -10
}

count 1000
few_rows=$rows few=$counted
# Enough people that the same groups are shown: what grows from here on are rows.
count 3000
echo "each row between the two: $(((counted - few) / (rows - few_rows))) instructions"
printf '\nMillions of instructions at %s rows, by themselves:\n' "$rows"
costly no .
printf '\nOur functions, with everything that they call:\n'
costly yes '^customer_focus::(import|dataset|insights|privacy|quality|workbench)::'
