using System.Globalization;
using System.Text;

namespace Rift.Models;

/// <summary>A table of comma-separated values with a header (RFC 4180, one record a line): every field remembers its line and column, so that an error can name them.</summary>
internal sealed class CsvText
{
    private readonly string _file;

    private CsvText(string file, string[] header, List<CsvRow> rows)
    {
        _file = file;
        Header = header;
        Rows = rows;
    }

    /// <summary>The names of the columns.</summary>
    internal string[] Header { get; }

    /// <summary>The records below the header; empty lines are left out.</summary>
    internal IReadOnlyList<CsvRow> Rows { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="ModelFormatException">It has no header, a column has no name or one that is there twice, or a record has another number of fields.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static CsvText Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string[]? header = null;
        List<CsvRow> rows = [];
        int number = 0;
        foreach (string line in File.ReadLines(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false)))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            string[] fields = Split(line) ?? throw new ModelFormatException(path, "found a quotation mark that is not closed", "fields between commas, quoted or not", number);
            if (header is null)
            {
                header = fields;
                for (int i = 0; i < header.Length; i++)
                    if (header[i].Length == 0 || Array.IndexOf(header, header[i]) != i)
                        throw new ModelFormatException(path, $"found the column name \"{header[i]}\"", "a name for each column, and each once", number);
                continue;
            }

            if (fields.Length != header.Length)
                throw new ModelFormatException(path, FormattableString.Invariant($"found {fields.Length} fields"), FormattableString.Invariant($"{header.Length}, as the header has"), number);
            rows.Add(new CsvRow(path, number, header, fields));
        }

        return new CsvText(path, header ?? throw new ModelFormatException(path, "found an empty file", "a line with the names of the columns"), rows);
    }

    /// <summary>A complaint about the header.</summary>
    internal ModelFormatException HeaderError(string expected) => new(_file, $"found the columns {string.Join(",", Header)}", expected, 1);

    private static string[]? Split(string line)
    {
        List<string> fields = [];
        StringBuilder field = new();
        bool isQuoted = false, wasQuoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (isQuoted && c == '"' && i + 1 < line.Length && line[i + 1] == '"') field.Append(line[++i]);
            else if (c == '"' && (isQuoted || string.IsNullOrWhiteSpace(field.ToString())))
            {
                isQuoted = !isQuoted;
                if (isQuoted) field.Clear();
                wasQuoted = true;
            }
            else if (c == ',' && !isQuoted) Finish();
            else if (!wasQuoted || isQuoted || !char.IsWhiteSpace(c)) field.Append(c);
        }

        if (isQuoted) return null;
        Finish();
        return [.. fields];

        void Finish()
        {
            fields.Add(wasQuoted ? field.ToString() : field.ToString().Trim());
            field.Clear();
            wasQuoted = false;
        }
    }
}

/// <summary>A record of a <see cref="CsvText"/>.</summary>
internal sealed class CsvRow(string file, int line, string[] header, string[] fields)
{
    /// <summary>The field of a column that the header has.</summary>
    internal string this[string column] => fields[Array.IndexOf(header, column)];

    /// <summary>A finite number.</summary>
    internal double Number(string column, Func<double, bool> isValid, string expected) =>
        double.TryParse(this[column], NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) && isValid(number) ? number : throw Error(column, expected);

    /// <summary>A whole number.</summary>
    internal int WholeNumber(string column) =>
        int.TryParse(this[column], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : throw Error(column, "a whole number");

    /// <summary>A state or an action: its number, from 0, or its label in the model.</summary>
    internal int Index(string column, int count, IReadOnlyList<string>? labels)
    {
        string text = this[column];
        for (int i = 0; i < labels?.Count; i++)
            if (labels[i] == text) return i;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < count
            ? index
            : throw Error(column, FormattableString.Invariant($"a number from 0 to {count - 1}{(labels is null ? "" : $", or a label such as {labels[0]}")}"));
    }

    /// <summary>A complaint about a field.</summary>
    internal ModelFormatException Error(string column, string expected) => new(file, $"found \"{this[column]}\"", expected, line, column);

    /// <summary>A complaint about the record.</summary>
    internal ModelFormatException Error(string found, string expected, string column) => new(file, found, expected, line, column);
}
