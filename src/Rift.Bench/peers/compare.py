#!/usr/bin/python3
"""Runs Rift.Bench and its peers side by side on the same workload folders, and writes docs/benchmarks.md.

    dotnet build -c Release src/Rift.Bench
    dotnet run -c Release --no-build --project src/Rift.Bench -- workloads FOLDER
    src/Rift.Bench/peers/compare.py measure RESULTS.json FOLDER/W1 FOLDER/W2 FOLDER/W3 FOLDER/W4
    src/Rift.Bench/peers/compare.py write RESULTS.json

Everything that is compared runs in turn within a round, so that a machine that slows down slows all; ratios are taken within a round, and their median is told.
A run that is in RESULTS.json is not repeated: interrupt and go on as you like.
"""

import argparse
import datetime
import importlib.metadata
import json
import math
import os
import platform
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
OURS = "Rift.Mdp"
C = "C"
MODES = ["sweep", "certify", "visit", "batch"]
BATCH = [("value", 32), ("visitation", 32), ("soft", 32)]


# What is run ---------------------------------------------------------------------------------------------------------------------------------------------


class Run:
    """One program on one workload: what identifies it in the results, and how it is started."""

    def __init__(self, program, mode, folder, discount, threads, command, parse=json.loads, what=None):
        self.program, self.mode, self.workload, self.discount, self.threads = program, mode, name_of(folder), discount, threads
        self.command, self.parse, self.what = command, parse, what

    def key(self, turn):
        return {"round": turn, "mode": self.mode, "what": self.what, "workload": self.workload, "discount": self.discount, "program": self.program, "threads": self.threads}


def name_of(folder):
    return os.path.basename(os.path.normpath(folder))


def meta_of(folder):
    with open(os.path.join(folder, "meta.txt")) as meta:
        states, actions, transitions, discount = meta.read().split()
    return {"states": int(states), "actions": int(actions), "transitions": int(transitions), "discount": float(discount)}


def parse_c_sweep(output):
    """The best kernel of the C yardstick that keeps all digits and computes the whole sweep."""
    found = [(float(median), float(least), name.strip()) for name, median, least in re.findall(r"^T\d+ (.+?)\s+med\s+([\d.]+) ms \(min\s+([\d.]+)\)", output, re.M)]
    median, least, name = min(row for row in found if "f32" not in row[2] and "no-lse" not in row[2])
    return {"milliseconds": median, "minimum": least, "kernel": name}


def parse_c_certify(output):
    """Value iteration of the C yardstick: by the span, or where that never is narrow enough by the largest change."""
    sweeps, seconds, more_sweeps, more_seconds = re.search(r"span-certified at sweep (-?\d+) in (-?[\d.]+) s; sup-certified at sweep (\d+) in ([\d.]+) s", output).groups()
    by_span = int(sweeps) > 0
    return {"seconds": float(seconds if by_span else more_seconds), "sweeps": int(sweeps if by_span else more_sweeps), "products": 0, "algorithm": "value iteration", "bound": 1e-8}


def runs(arguments, folder, scratch):
    """Everything that is measured on a folder, in the order of a round."""
    bench = [arguments.bench or os.path.join(ROOT, "src", "Rift.Bench", "bin", "Release", "net10.0", "Rift.Bench")]
    python = [sys.executable]
    name, default = name_of(folder), meta_of(folder)["discount"]
    discounts = arguments.discounts.get(name, [default])

    def ours(mode, discount, threads, *more, what=None):
        return Run(OURS, mode, folder, discount, threads, bench + [mode, folder, "--json", "--discount", repr(discount), "--threads", str(threads), *more], what=what)

    def peer(program, script, method, mode, discount, threads, *more):
        command = python + [os.path.join(HERE, script), mode, folder, "--method", method, "--discount", repr(discount), "--threads", str(threads), *more]
        return Run(program, mode, folder, discount, threads, command)

    def peers(mode, discount, *more):
        for method, program in ({"hand": "scipy bicgstab", "plain": "scipy gmres"} if mode == "visit" else {"plain": "scipy, plain", "hand": "scipy, by hand"}).items():
            if 1 in arguments.threads:
                yield peer(program, "scipy_peer.py", method, mode, discount, 1, *more)
        for threads in arguments.threads:
            yield peer("numba", "numba_peer.py", "fused", mode, discount, threads, *more)

    if "sweep" in arguments.modes:
        for threads in arguments.threads:
            yield ours("sweep", default, threads)
            if arguments.limit:
                yield Run(C, "sweep", folder, default, threads, [arguments.limit, folder, "0.1", "15"], parse_c_sweep)
        yield from peers("sweep", default)
    for discount in discounts:
        values = os.path.join(scratch, f"{name}-{discount}.f64")
        if "certify" in arguments.modes or "visit" in arguments.modes:
            for threads in arguments.threads:
                yield ours("certify", discount, threads, "--repetitions", str(arguments.repetitions), "--values", values, "--tolerance", tolerance(discount))
        if "certify" in arguments.modes:
            if arguments.limit:
                for threads in arguments.threads:
                    yield Run(C, "certify", folder, discount, threads, [arguments.limit, folder, "0.1", "30000", "vi", repr(discount)], parse_c_certify)
            yield from peers("certify", discount, "--tolerance", tolerance(discount), "--repetitions", str(arguments.repetitions))
        if "visit" in arguments.modes:
            for threads in arguments.threads:
                yield ours("visit", discount, threads, "--repetitions", str(arguments.repetitions))
            yield from peers("visit", discount, "--values", values, "--repetitions", str(arguments.repetitions))
    if "batch" in arguments.modes:
        for what, count in BATCH:
            for threads in arguments.threads:
                yield ours("batch", default, threads, "--count", str(count), "--what", what, "--repetitions", "1", what=what)


def tolerance(discount, actions=4):
    """The half-width asked for: 1e-8; beyond a horizon of 2000 relative to the value of a state that absorbs, whose entropy goes on accruing."""
    return "1e-8" if discount < 0.9995 else f"{1e-8 * 0.1 * math.log(actions) / (1 - discount):.2g}"


def execute(run, timeout):
    """What a run printed, with its peak memory; or the reason why there is nothing."""
    environment = dict(os.environ, OMP_NUM_THREADS=str(run.threads), OPENBLAS_NUM_THREADS=str(run.threads), MKL_NUM_THREADS=str(run.threads))
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen(run.command, stdout=output, stderr=errors, env=environment)
        late = []
        timer = threading.Timer(timeout, lambda: (late.append(True), process.send_signal(signal.SIGKILL)))
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        if late:
            return {"failure": "timeout", "seconds": timeout}
        output.seek(0)
        text = output.read()
        try:
            result = run.parse(text)
        except (ValueError, AttributeError):
            errors.seek(0)
            complaint = errors.read().strip().splitlines()
            print("   failed:", complaint[-1] if complaint else f"exit code {process.returncode}", flush=True)
            return {"failure": "failed"}
        return dict(result, megabytes=round(usage.ru_maxrss / 1024))


def measure(arguments):
    record = {"machine": machine(), "workloads": {}, "runs": []}
    if os.path.exists(arguments.results):
        with open(arguments.results) as file:
            record = dict(json.load(file), machine=record["machine"])
    record["workloads"].update({name_of(folder): meta_of(folder) for folder in arguments.folders})
    done = [{name: value for name, value in run.items() if name != "result"} for run in record["runs"]]
    hopeless = {json.dumps(dict(run, round=0, result=None)) for run in record["runs"] if "failure" in run["result"]}
    with tempfile.TemporaryDirectory() as scratch:
        for turn in range(arguments.rounds):
            for folder in arguments.folders:
                for run in runs(arguments, folder, scratch):
                    key = run.key(turn)
                    signature = json.dumps(dict(key, round=0, result=None))
                    # The values that the visits start from are made anew in each session.
                    needed = "--values" in run.command and run.program == OURS and not os.path.exists(run.command[run.command.index("--values") + 1])
                    if (key in done and not needed) or signature in hopeless:
                        continue
                    result = execute(run, arguments.timeout)
                    print(f"{turn} {run.mode:8} {run.workload} {run.discount} {run.program:16} T{run.threads} {json.dumps(result)}", flush=True)
                    if "failure" in result:
                        hopeless.add(signature)
                    if key not in done:
                        record["runs"].append(dict(key, result=result))
                    with open(arguments.results + ".tmp", "w") as file:
                        json.dump(record, file, indent=1)
                    os.replace(arguments.results + ".tmp", arguments.results)


def machine():
    """What the numbers belong to: processor, caches, memory and versions."""

    def first(path, pattern):
        try:
            with open(path) as file:
                return re.search(pattern, file.read()).group(1).strip()
        except (OSError, AttributeError):
            return "unknown"

    def version(command):
        try:
            return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
        except (OSError, subprocess.CalledProcessError):
            return "unknown"

    # Looked up, not imported: a child's peak memory begins at its parent's.
    installed = {name: importlib.metadata.version(name) for name in ("numpy", "scipy", "numba")}
    flags = first("/proc/cpuinfo", r"flags\s*:\s*(.*)").split()
    memory = first("/proc/meminfo", r"MemTotal:\s*(\d+)")
    return {
        "date": datetime.date.today().isoformat(),
        "processor": first("/proc/cpuinfo", r"model name\s*:\s*(.*)"),
        "cores": os.cpu_count(),
        "vectors": "AVX-512" if "avx512f" in flags else "AVX2" if "avx2" in flags else "128 bits",
        "memory": f"{int(memory) / 2**20:.0f} GiB" if memory.isdigit() else memory,
        "system": platform.system() + " " + platform.release().split("-")[0],
        ".NET": version(["dotnet", "--version"]),
        "Python": platform.python_version(),
        **installed,
    }


# What is told --------------------------------------------------------------------------------------------------------------------------------------------


class Results:
    """The runs, asked for by what identifies them."""

    def __init__(self, record):
        self.machine, self.workloads, self.all = record["machine"], record["workloads"], record["runs"]

    def find(self, **wanted):
        return [run for run in self.all if all(run[name] == value for name, value in wanted.items())]

    def values(self, field, **wanted):
        """One number for each round."""
        return {run["round"]: run["result"][field] for run in self.find(**wanted) if field in run["result"] and "failure" not in run["result"]}

    def median(self, field, **wanted):
        values = self.values(field, **wanted).values()
        return statistics.median(values) if values else None

    def ratio(self, field, over, under):
        """The median over the rounds of the ratio within a round."""
        above, below = self.values(field, **over), self.values(field, **under)
        ratios = [above[turn] / below[turn] for turn in above if turn in below]
        return statistics.median(ratios) if ratios else None

    def failed(self, **wanted):
        return next((run["result"] for run in self.find(**wanted) if "failure" in run["result"]), None)

    def names(self, field, mode):
        """The values of a field in the order in which they were measured."""
        return list(dict.fromkeys(run[field] for run in self.all if run["mode"] == mode))

    def cases(self, mode):
        return list(dict.fromkeys((run["workload"], run["discount"]) for run in self.all if run["mode"] == mode))

    def programs(self, mode):
        return list(dict.fromkeys((run["program"], run["threads"]) for run in self.all if run["mode"] == mode))


def digits(number, unit=""):
    """Three digits."""
    if number is None:
        return "-"
    text = f"{number:.3g}" if number < 1000 else f"{number:.0f}"
    return text + unit


def duration(seconds):
    if seconds is None:
        return "-"
    return digits(1e6 * seconds, " µs") if seconds < 1e-3 else digits(1e3 * seconds, " ms") if seconds < 1 else digits(seconds, " s")


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "| --- |" + " ---: |" * (len(head) - 1)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def label(workload, discount):
    return f"{workload}, discount {discount:g}"


def workload_table(results):
    rows = [[name, f"{meta['states']:,}", f"{meta['actions']}", f"{meta['transitions']:,}", f"{meta['discount']:g}"] for name, meta in results.workloads.items()]
    return table(["workload", "states", "actions", "transitions", "discount"], rows)


def ratio_table(results, mode, field):
    """How many times longer each program takes than ours on as many threads."""
    programs = [(program, threads) for program, threads in results.programs(mode) if program != OURS]
    rows = []
    for workload, discount in results.cases(mode):
        case = {"mode": mode, "workload": workload, "discount": discount}
        row = [label(workload, discount)]
        for program, threads in programs:
            ratio = results.ratio(field, dict(case, program=program, threads=threads), dict(case, program=OURS, threads=threads))
            failure = results.failed(**case, program=program, threads=threads)
            ours = results.median(field, **case, program=OURS, threads=threads)
            if ratio is None and failure and failure["failure"] == "timeout" and ours:
                row.append("> " + digits(failure["seconds"] / (ours if field == "seconds" else ours / 1e3)))
            else:
                row.append("failed" if ratio is None and failure else digits(ratio))
        rows.append(row)
    return table(["times as long as Rift.Mdp"] + [f"{program}, T{threads}" for program, threads in programs], rows)


def time_table(results, mode, field, unit):
    programs = results.programs(mode)
    rows = []
    for workload, discount in results.cases(mode):
        case = {"mode": mode, "workload": workload, "discount": discount}
        row = [label(workload, discount)]
        for program, threads in programs:
            median = results.median(field, **case, program=program, threads=threads)
            failure = results.failed(**case, program=program, threads=threads)
            row.append(duration(median * unit) if median is not None else f"> {failure['seconds']:g} s" if failure and failure["failure"] == "timeout" else "failed" if failure else "-")
        rows.append(row)
    return table(["median"] + [f"{program}, T{threads}" for program, threads in programs], rows)


def work_table(results, mode):
    rows = []
    for workload, discount in results.cases(mode):
        for run in results.find(mode=mode, workload=workload, discount=discount, program=OURS)[:1]:
            if "failure" in run["result"]:
                continue
            result = run["result"]
            rows.append([label(workload, discount), *[str(result.get(name) if result.get(name) is not None else "-") for name in ("sweeps", "products")], f"{result['bound']:.2g}", f"{result['megabytes']} MB", result.get("algorithm", "-")])
    return table(["ours", "sweeps", "products", "bound", "peak memory", "algorithm"], rows)


def layout_table(results):
    rows = []
    for workload, discount in results.cases("sweep"):
        kernels = [next((run["result"].get("kernel", "-") for run in results.find(mode="sweep", workload=workload, discount=discount, program=program)), "-") for program in (OURS, C)]
        rows.append([workload, *kernels])
    return table(["layout", OURS, C], rows)


def bound_table(results):
    """What each program's visitation is worth: the bound it could prove."""
    programs = results.programs("visit")
    rows = []
    for workload, discount in results.cases("visit"):
        bounds = [results.median("bound", mode="visit", workload=workload, discount=discount, program=program, threads=threads) for program, threads in programs]
        rows.append([label(workload, discount)] + ["-" if bound is None else f"{bound:.1e}" for bound in bounds])
    return table(["L1 bound reached"] + [f"{program}, T{threads}" for program, threads in programs], rows)


def batch_table(results):
    rows = []
    for workload in results.names("workload", "batch"):
        for what in results.names("what", "batch"):
            for threads in results.names("threads", "batch"):
                case = {"mode": "batch", "workload": workload, "what": what, "program": OURS, "threads": threads}
                single, batch = results.median("singleSeconds", **case), results.median("batchSeconds", **case)
                if single and batch:
                    rows.append([f"{workload}, {what}, T{threads}", digits(single / batch), duration(single), duration(batch)])
    return table(["32 problems on one kernel", "times faster in a batch", "one by one", "in one batch"], rows)


def growth_table(results):
    """Seconds and work against the horizon, on the workload that was measured at most discounts."""
    cases = results.cases("certify")
    workload = max((name for name, _ in cases), key=lambda name: sum(other == name for other, _ in cases))
    rows = []
    for discount in sorted(discount for name, discount in cases if name == workload):
        found = {threads: results.median("seconds", mode="certify", workload=workload, discount=discount, program=OURS, threads=threads) for threads in results.names("threads", "certify")}
        run = next(iter(results.find(mode="certify", workload=workload, discount=discount, program=OURS)), {"result": {}})["result"]
        rows.append([f"{1 / (1 - discount):.0f}", *[duration(seconds) for seconds in found.values()], *[str(run.get(name) if run.get(name) is not None else "-") for name in ("sweeps", "products")]])
    return table([f"horizon 1/(1 - discount) of {workload}"] + [f"T{threads}" for threads in results.names("threads", "certify")] + ["sweeps", "products"], rows)


def target_table(results):
    """Each target, what was measured, and whether it is met."""
    rows = []

    def target(what, measured, at_most=None, at_least=None, unit=""):
        if measured is None:
            return
        met = measured <= at_most if at_most is not None else measured >= at_least
        wanted = f"at most {digits(at_most, unit)}" if at_most is not None else f"at least {digits(at_least, unit)}"
        rows.append([what, wanted, digits(measured, unit), "yes" if met else "no"])

    def sweep(program, workload, threads):
        return {"mode": "sweep", "program": program, "workload": workload, "threads": threads}

    def seconds(mode, workload, discount, threads):
        return results.median("seconds", mode=mode, program=OURS, workload=workload, discount=discount, threads=threads)

    for threads, most in ((1, 1.05), (2, 1.10)):
        for workload in results.names("workload", "sweep"):
            target(f"sweep on {workload} against C, T{threads}", results.ratio("milliseconds", sweep(OURS, workload, threads), sweep(C, workload, threads)), at_most=most)
    for workload, least in (("W1", 2), ("W2", 4), ("W3", 10), ("W4", 4)):
        target(f"sweep on {workload}: scipy against ours, T1", results.ratio("milliseconds", sweep("scipy, plain", workload, 1), sweep(OURS, workload, 1)), at_least=least)
    for workload in ("W3", "W4"):
        target(f"sweep on {workload}: one thread against two", results.ratio("milliseconds", sweep(OURS, workload, 1), sweep(OURS, workload, 2)), at_least=1.7)
    for workload, discount, threads, most in (("W1", 0.99, 1, 0.002), ("W2", 0.99, 1, 0.015), ("W4", 0.95, 1, 1), ("W4", 0.95, 2, 0.6), ("W3", 0.99, 1, 11), ("W3", 0.99, 2, 5.5), ("W3", 0.999, 1, 18)):
        target(f"certified 1e-8 on {label(workload, discount)}, T{threads}", seconds("certify", workload, discount, threads), at_most=most, unit=" s")
    for workload, discount, most in (("W2", 0.99, 0.01), ("W4", 0.95, 1.2), ("W3", 0.999, 8)):
        target(f"visitation to 1e-8 on {label(workload, discount)}, T1", seconds("visit", workload, discount, 1), at_most=most, unit=" s")
    for what, leasts in (("value", {"W3": 3, "W4": 1.6, "W2": 5}), ("visitation", {"W3": 3, "W4": 1.6, "W2": 5}), ("soft", {"W3": 1.3, "W4": 1.6, "W2": 2.5})):
        for workload, least in leasts.items():
            case = {"mode": "batch", "what": what, "workload": workload, "program": OURS, "threads": 1}
            single, batch = results.median("singleSeconds", **case), results.median("batchSeconds", **case)
            target(f"32 {what} problems on {workload} in one pass, T1", single / batch if single and batch else None, at_least=least)
    target("peak memory of W4, certified", results.median("megabytes", mode="certify", program=OURS, workload="W4", threads=1), at_most=450, unit=" MB")
    return table(["target", "wanted", "measured", "met"], rows)


def write(arguments):
    with open(arguments.results) as file:
        results = Results(json.load(file))
    parts = {
        "machine": lambda: ", ".join(f"{name} {value}" for name, value in results.machine.items()),
        "workloads": lambda: workload_table(results),
        "targets": lambda: target_table(results),
        "sweep-ratios": lambda: ratio_table(results, "sweep", "milliseconds"),
        "sweep-times": lambda: time_table(results, "sweep", "milliseconds", 1e-3),
        "layouts": lambda: layout_table(results),
        "certify-ratios": lambda: ratio_table(results, "certify", "seconds"),
        "certify-times": lambda: time_table(results, "certify", "seconds", 1),
        "certify-work": lambda: work_table(results, "certify"),
        "growth": lambda: growth_table(results),
        "visit-ratios": lambda: ratio_table(results, "visit", "seconds"),
        "visit-times": lambda: time_table(results, "visit", "seconds", 1),
        "visit-bounds": lambda: bound_table(results),
        "batch": lambda: batch_table(results),
    }
    with open(os.path.join(HERE, "benchmarks.template.md")) as file:
        template = file.read()
    # A section whose mode was not measured is left out with its prose.
    measured = {run["mode"] for run in results.all}
    template = re.sub(r"<!-- if (\w+) -->\n(.*?)<!-- end \1 -->\n", lambda section: section.group(2) if section.group(1) in measured else "", template, flags=re.S)
    page = re.sub(r"<!-- ([\w-]+) -->", lambda mark: parts[mark.group(1)](), template)
    with open(os.path.join(ROOT, "docs", "benchmarks.md"), "w") as file:
        file.write(page)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    measuring = commands.add_parser("measure", help="run everything in turn")
    measuring.add_argument("results")
    measuring.add_argument("folders", nargs="+")
    measuring.add_argument("--rounds", type=int, default=5)
    measuring.add_argument("--repetitions", type=int, default=3, help="of certify and visit within a round")
    measuring.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    measuring.add_argument("--modes", nargs="+", choices=MODES, default=[mode for mode in MODES if mode != "batch"])
    measuring.add_argument("--discounts", nargs="+", default=["W3=0.9,0.99,0.999,0.9999"], metavar="NAME=G,...", help="discounts of a workload other than its own")
    measuring.add_argument("--timeout", type=float, default=300, help="seconds after which a run is given up, in all rounds")
    measuring.add_argument("--bench", help="the built Rift.Bench, where it is not in its usual place")
    measuring.add_argument("--limit", help="a program that tells how fast C is on the same folders")
    writing = commands.add_parser("write", help="write docs/benchmarks.md from the results and the template")
    writing.add_argument("results")
    arguments = parser.parse_args()
    if arguments.command == "measure":
        arguments.discounts = {name: [float(g) for g in list_.split(",")] for name, list_ in (entry.split("=") for entry in arguments.discounts)}
        measure(arguments)
    else:
        write(arguments)


if __name__ == "__main__":
    main()
