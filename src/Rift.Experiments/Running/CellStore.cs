using Rift.Models;

namespace Rift.Experiments;

/// <summary>Finished cells, a file each in a directory, so that what was interrupted goes on where it stood.</summary>
/// <remarks>A file begins with the fingerprint of its cell. What was computed for another specification, or is no longer whole, is computed anew.</remarks>
/// <param name="directory">The directory of all experiments; null to keep nothing.</param>
public sealed class CellStore(string? directory)
{
    /// <summary>The results of a cell, or null where there are none that can be used.</summary>
    /// <param name="cell">The cell of the experiment.</param>
    public ResultTable? Load(ExperimentCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        string? path = PathOf(cell);
        return path is not null && File.Exists(path) ? ResultTable.FromCsv(File.ReadAllText(path), Heading(cell), cell.Specification.Metrics) : null;
    }

    /// <summary>Keeps the results of a cell.</summary>
    /// <param name="cell">The cell of the experiment.</param>
    /// <param name="results">What came out.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(ExperimentCell cell, ResultTable results)
    {
        ArgumentNullException.ThrowIfNull(cell);
        ArgumentNullException.ThrowIfNull(results);
        if (PathOf(cell) is not { } path) return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.WriteText(path, results.ToCsv(Heading(cell)));
    }

    private static string Heading(ExperimentCell cell) => $"cell {cell.Hash}";

    private string? PathOf(ExperimentCell cell) => directory is null ? null : Path.Combine(
        directory, "cells", cell.Specification.Name, FormattableString.Invariant($"{Safe(cell.Model)}.{Safe(cell.Prior?.Name ?? "")}.{Safe(cell.Intervention.Name)}.{cell.Seed ?? 0}.csv"));

    /// <summary>The name as a file can have it; cells whose names become the same have different fingerprints, and the later one wins.</summary>
    private static string Safe(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
}
