using System.Globalization;
using Rift.Experiments;
using Rift.Mdp;
using Rift.Theory;

namespace Rift.Cli;

/// <summary>Tells on standard error how far a long computation is: a line that is rewritten for a reader, a line every few seconds for a log.</summary>
internal sealed class ConsoleProgress : IDisposable
{
    private static readonly TimeSpan _redrawing = TimeSpan.FromMilliseconds(100), _logging = TimeSpan.FromSeconds(5);

    private readonly Terminal _terminal;
    private readonly Lock _turn = new();
    private readonly long _start;
    private TimeSpan _next;
    private int _drawn;

    /// <summary>A progress line that appears only when there has been something to wait for.</summary>
    internal ConsoleProgress(Terminal terminal)
    {
        _terminal = terminal;
        _start = terminal.Clock.GetTimestamp();
        _next = Interval;
    }

    private TimeSpan Interval => _terminal.ErrorIsInteractive ? _redrawing : _logging;

    /// <summary>Says where the computation is, if it is time to.</summary>
    internal void Tell(Func<string> place)
    {
        lock (_turn)
        {
            TimeSpan elapsed = _terminal.Clock.GetElapsedTime(_start);
            if (elapsed < _next) return;
            _next = elapsed + Interval;
            string text = place();
            _terminal.Error.Write(_terminal.ErrorIsInteractive ? $"\r{text.PadRight(_drawn)}" : $"{text}\n");
            _drawn = text.Length;
        }
    }

    /// <summary>The progress of a solver.</summary>
    internal IProgress<SolveProgress> OfSolver() => new Relay<SolveProgress>(p => Tell(() => p.Target > 0
        ? string.Create(CultureInfo.InvariantCulture, $"iteration {p.Iteration}: half-width {p.HalfWidth:0.0e+00}, asked {p.Target:0.0e+00}")
        : string.Create(CultureInfo.InvariantCulture, $"step {p.Iteration}")));

    /// <summary>The progress of the ledger.</summary>
    internal IProgress<LedgerProgress> OfLedger() => new Relay<LedgerProgress>(p => Tell(() => string.Create(CultureInfo.InvariantCulture, $"{p.Done} of {p.Total} cases")));

    /// <summary>The progress of a search for a counterexample.</summary>
    internal IProgress<SearchProgress> OfSearch() => new Relay<SearchProgress>(p => Tell(() => string.Create(CultureInfo.InvariantCulture, $"{p.Done} of {p.Total} scenarios")));

    /// <summary>The progress of an experiment.</summary>
    internal IProgress<ExperimentProgress> OfExperiment() => new Relay<ExperimentProgress>(p => Tell(() => string.Create(CultureInfo.InvariantCulture, $"{p.Name}: {p.Done} of {p.Total} cells")));

    /// <summary>Wipes the line that was being rewritten.</summary>
    public void Dispose()
    {
        lock (_turn)
            if (_terminal.ErrorIsInteractive && _drawn > 0) _terminal.Error.Write($"\r{new string(' ', _drawn)}\r");
    }

    /// <summary>Reports at once and in order; the framework's Progress would report later, from other threads.</summary>
    private sealed class Relay<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
