using System.Globalization;

namespace Rift.Models;

/// <summary>The monthly records of one bus: odometer readings, and the odometer at each engine replacement.</summary>
/// <param name="Number">The bus number.</param>
/// <param name="Odometer">The reading of each month, in miles, from the first; never falls.</param>
/// <param name="Replacements">The odometer at the first and second replacement, in miles, as far as there were any.</param>
public sealed record BusEngineRecord(int Number, IReadOnlyList<int> Odometer, IReadOnlyList<int> Replacements)
{
    /// <summary>The months in which the engine was replaced: those with the last reading below the odometer of the replacement.</summary>
    public IReadOnlyList<int> ReplacementMonths => [.. Replacements.Select(miles => Odometer.Count(reading => reading < miles) - 1)];

    /// <summary>The mileage since the last replacement in a month, in miles.</summary>
    /// <param name="month">From 0.</param>
    public int Mileage(int month) => Odometer[month] - Replacements.LastOrDefault(miles => miles <= Odometer[month]);
}

/// <summary>Reads the records of the bus engines as John Rust published them with "Optimal Replacement of GMC Bus Engines: An Empirical Model of Harold Zurcher", Econometrica 55 (1987), 999-1033.</summary>
/// <remarks>
/// One file a group, one column of numbers: those of one bus after the other, as many for each. Of a bus, rows 1 to 11 are its number, month and year of purchase, month, year and
/// odometer of the first replacement and of the second (0: none), month and year of the first reading; the rest are the readings of consecutive months.
/// </remarks>
public static class BusEngineRecords
{
    private const int FirstReading = 11;

    private static readonly (int Group, string File, int Rows)[] _files = [(1, "g870.asc", 36), (2, "rt50.asc", 60), (3, "t8h203.asc", 81), (4, "a530875.asc", 128)];

    /// <summary>The groups of buses of which there are files, by their numbers in the paper.</summary>
    public static IReadOnlyList<int> Groups { get; } = [.. _files.Select(file => file.Group)];

    /// <summary>The name of a group's file.</summary>
    /// <param name="group">1 to 4.</param>
    public static string FileOf(int group) => Find(group).File;

    /// <summary>Reads the file of a group.</summary>
    /// <param name="folder">The folder that it lies in.</param>
    /// <param name="group">1 to 4.</param>
    /// <returns>The records of the group.</returns>
    /// <exception cref="ModelFormatException">The file does not hold what it should: names line, what was found and what was expected.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<BusEngineRecord> Read(string folder, int group)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        (_, string name, int rows) = Find(group);
        string path = Path.Combine(folder, name);
        List<int> numbers = [];
        int line = 0;
        foreach (string text in File.ReadLines(path))
        {
            line++;
            if (string.IsNullOrWhiteSpace(text)) continue;
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || number != Math.Floor(number) || !(number is >= 0 and <= 10_000_000))
                throw new ModelFormatException(path, $"found \"{text.Trim()}\"", "a whole number from 0 to 10000000", line);
            numbers.Add((int)number);
        }

        if (numbers.Count == 0 || numbers.Count % rows != 0)
            throw new ModelFormatException(path, FormattableString.Invariant($"found {numbers.Count} numbers"), FormattableString.Invariant($"{rows} for each bus"));
        return [.. numbers.Chunk(rows).Select((bus, i) => Record(path, bus, (i * rows) + 1))];
    }

    private static BusEngineRecord Record(string path, int[] bus, int firstLine)
    {
        BusEngineRecord record = new(bus[0], bus[FirstReading..], [.. new[] { bus[5], bus[8] }.Where(miles => miles > 0)]);
        for (int month = 1; month < record.Odometer.Count; month++)
            if (record.Odometer[month] < record.Odometer[month - 1])
                throw new ModelFormatException(path, FormattableString.Invariant($"bus {record.Number}: found {record.Odometer[month]} miles after {record.Odometer[month - 1]}"), "a reading that is no smaller", firstLine + FirstReading + month);
        foreach (int miles in record.Replacements)
            if (record.Odometer[0] >= miles)
                throw new ModelFormatException(path, FormattableString.Invariant($"bus {record.Number}: found a replacement at {miles} miles and a first reading of {record.Odometer[0]}"), "a replacement after the first reading", firstLine);
        return record;
    }

    private static (int Group, string File, int Rows) Find(int group) =>
        _files.FirstOrDefault(file => file.Group == group) is { File: not null } found ? found : throw new ArgumentOutOfRangeException(nameof(group), group, "expected a group from 1 to 4");
}
