"""Runs one program and prints what the system counted for it, as JSON: wall and CPU seconds, peak memory, exit code.

`measure.py OUTPUT PROGRAM [ARGUMENT]...`; the program's standard output goes to the file OUTPUT.

A program of its own, because Linux counts the peak of whoever starts a program into the peak of the program: run by
`python -I -S` it needs some 8 MiB.
"""

import os
import sys
import time

output, *command = sys.argv[1:]
to_file = [(os.POSIX_SPAWN_OPEN, 1, output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)]
begun = time.monotonic()
child = os.posix_spawnp(command[0], command, os.environ, file_actions=to_file)
_, status, usage = os.wait4(child, 0)
wall = time.monotonic() - begun
# Peak memory is in KiB on Linux and in bytes on macOS.
peak = usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)
exit_code = os.waitstatus_to_exitcode(status)
cpu = usage.ru_utime + usage.ru_stime
print(f'{{"wall": {wall}, "cpu": {cpu}, "peak": {peak}, "exit_code": {exit_code}}}')
