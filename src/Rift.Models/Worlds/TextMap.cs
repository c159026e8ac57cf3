using System.Globalization;

namespace Rift.Models;

/// <summary>A map drawn in text, one character a cell, and the moves on it.</summary>
internal sealed class TextMap
{
    /// <summary>A map of equally long rows that consist of the given characters.</summary>
    /// <exception cref="ArgumentException">The map is empty, ragged, or has a character that is not known.</exception>
    internal TextMap(IReadOnlyList<string> map, string known)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (map.Count == 0 || map[0].Length == 0) throw new ArgumentException("found an empty map, expected at least one cell", nameof(map));
        Rows = map;
        Columns = map[0].Length;
        for (int row = 0; row < map.Count; row++)
        {
            if (map[row].Length != Columns)
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"row {row} of the map: found {map[row].Length} cells, expected {Columns}"), nameof(map));
            int column = map[row].AsSpan().IndexOfAnyExcept(known);
            if (column >= 0)
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"row {row}, column {column} of the map: found '{map[row][column]}', expected one of {string.Join(' ', known.ToCharArray())}"), nameof(map));
        }
    }

    internal IReadOnlyList<string> Rows { get; }

    internal int Columns { get; }

    /// <summary>Number of cells, numbered <c>row * Columns + column</c>.</summary>
    internal int Cells => Rows.Count * Columns;

    /// <summary>The character of a cell.</summary>
    internal char this[int cell] => Rows[cell / Columns][cell % Columns];

    /// <summary>The cell one step away, or the same cell where the map ends.</summary>
    internal int Step(int cell, (int Rows, int Columns) move)
    {
        int row = (cell / Columns) + move.Rows, column = (cell % Columns) + move.Columns;
        return row < 0 || row >= Rows.Count || column < 0 || column >= Columns ? cell : (row * Columns) + column;
    }

    /// <summary>The cells that carry a character, in reading order.</summary>
    internal int[] All(char character) => [.. Enumerable.Range(0, Cells).Where(cell => this[cell] == character)];

    /// <summary>What a cell is called: row and column, and its character unless it is plain ground.</summary>
    internal string Label(int cell, char ground)
    {
        string place = string.Create(CultureInfo.InvariantCulture, $"({cell / Columns},{cell % Columns})");
        return this[cell] == ground ? place : $"{place} {this[cell]}";
    }
}
