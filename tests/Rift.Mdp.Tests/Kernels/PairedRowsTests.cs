namespace Rift.Mdp.Tests;

public class PairedRowsTests
{
    // Rows of zero, one, two, three and five entries.
    private static readonly int[] _rowStart = [0, 0, 1, 3, 6, 11];
    private static readonly int[] _column = [2, 0, 3, 1, 2, 4, 0, 1, 2, 3, 4];
    private static readonly double[] _entry = [0.1, 0.3, 0.7, 1.0 / 3, 1.0 / 7, 0.9, 0.2, 0.4, 0.6, 0.8, 1.1];

    [Test]
    public void Rows_of_any_length_are_added_in_any_range_and_step()
    {
        PairedRows rows = new(_rowStart, _column, _entry);
        foreach ((int stepX, int stepY) in ((int, int)[])[(1, 1), (3, 1), (1, 2), (2, 5)])
        {
            double[] x = [.. Enumerable.Range(0, 5 * stepX).Select(i => Math.Sin(i + 1))];
            for (int first = 0; first <= 5; first++)
            {
                for (int last = first; last <= 5; last++)
                {
                    double[] y = [.. Enumerable.Repeat(10.0, Math.Max(1, (last - first) * stepY))], expected = [.. y];
                    rows.AddProduct(first, last, x, stepX, y, stepY);
                    for (int row = first; row < last; row++)
                        for (int k = _rowStart[row]; k < _rowStart[row + 1]; k++) expected[(row - first) * stepY] += _entry[k] * x[_column[k] * stepX];
                    Assert.That(y, Is.EqualTo(expected).Within(20 * 6 * Rounding.Unit), $"rows {first} to {last}, steps {stepX} and {stepY}");
                }
            }
        }
    }

    [Test]
    public void Combinations_have_the_bits_of_scalar_arithmetic_at_every_length([Range(0, 256)] int length)
    {
        const int From = 3;
        PairedRows rows = new(_rowStart, _column, _entry);
        int width = length + From;
        double[] x = [.. Enumerable.Range(0, 5 * width).Select(i => Math.Cos(i))], result = [.. Enumerable.Repeat(double.NaN, length)], added = new double[length];
        for (int row = 0; row < 5; row++)
        {
            rows.Combine(row, x, width, From, result);
            for (int i = 0; i < length; i++)
            {
                double expected = 0;
                for (int k = _rowStart[row]; k < _rowStart[row + 1]; k += 2)
                {
                    double second = k + 1 < _rowStart[row + 1] ? _entry[k + 1] * x[(_column[k + 1] * width) + From + i] : 0;
                    expected += (_entry[k] * x[(_column[k] * width) + From + i]) + second;
                }

                Assert.That(result[i], Is.EqualTo(expected));
            }
        }

        PairedRows.Add(0.3, x.AsSpan(0, length), added);
        Assert.That(added, Is.EqualTo(x[..length].Select(value => 0.3 * value)));
    }
}
