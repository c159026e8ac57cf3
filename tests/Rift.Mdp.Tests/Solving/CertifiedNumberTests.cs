using System.Globalization;
using FsCheck;
using FsCheck.NUnit;

namespace Rift.Mdp.Tests;

[Properties(MaxTest = 500)]
public class CertifiedNumberTests
{
    [TestCase(0.5420259303, 3.1e-7, null, "0.542026 ± 1e-6")]
    [TestCase(0.5420259303, 3.1e-7, "3", "0.542 ± 1e-3")]
    [TestCase(0.5420259303, 5e-7, "", "0.542026 ± 1e-6")]
    [TestCase(0.5420259303, 5.1e-7, "15", "0.54203 ± 1e-5")]
    [TestCase(-1e-9, 1e-12, "6", "0.000000 ± 1e-6")]
    [TestCase(1234.5, 20.0, null, "1200 ± 1e+2")]
    [TestCase(1234.5, 0.3, null, "1234 ± 1")]
    [TestCase(0.25, 0.0, null, "0.250000000000000 ± 1e-15")]
    [TestCase(double.PositiveInfinity, 0.0, "6", "Infinity ± 0")]
    [TestCase(1.0, double.PositiveInfinity, "6", "1 ± Infinity")]
    public void A_number_is_written_with_the_decimals_that_its_bound_leaves(double value, double bound, string? format, string expected) =>
        Assert.That(new CertifiedNumber(value, bound).ToString(format, CultureInfo.InvariantCulture), Is.EqualTo(expected));

    [Property]
    public bool What_is_written_is_within_the_error_beside_it(NormalFloat value, NormalFloat size, byte decimals)
    {
        // Doubles that a decimal number can follow exactly; the exact number may be anywhere within the bound.
        double number = Math.IEEERemainder(value.Get, 1e6), bound = Math.Abs(Math.IEEERemainder(size.Get, 1));
        string[] parts = new CertifiedNumber(number, bound).ToString($"{decimals % 13}", null).Split(" ± ");
        double written = double.Parse(parts[0], CultureInfo.InvariantCulture), error = double.Parse(parts[1], CultureInfo.InvariantCulture);
        return Math.Abs(written - number) + bound <= error * (1 + 1e-6);
    }

    [Test]
    public void Alignment_and_decimals_are_given_where_the_number_is_written() =>
        Assert.That($"[{new CertifiedNumber(0.5420259303, 3.1e-7),15:3}]", Is.EqualTo("[   0.542 ± 1e-3]"));

    [TestCase("16")]
    [TestCase("-1")]
    [TestCase("F6")]
    public void Another_format_is_refused(string format) =>
        Assert.That(() => new CertifiedNumber(1, 0).ToString(format, null), Throws.TypeOf<FormatException>().With.Message.Contains($"\"{format}\""));
}
