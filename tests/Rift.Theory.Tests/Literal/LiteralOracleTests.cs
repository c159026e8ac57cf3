using Rift.Testing;

namespace Rift.Theory.Tests;

/// <summary>The literal path in double-double against the golden values in 40 digits.</summary>
public class LiteralOracleTests
{
    // A golden tolerance is 64 times what rounding the inputs to double, or the rounding of the field itself, can do: the same analysis with the unit roundoff of double-double,
    // 2^-106, in the place of 2^-53. The worst field uses a thirtieth of it.
    private const double Share = 1 / 9007199254740992.0;

    public static IEnumerable<OracleCase> Cases => OracleCase.All;

    [TestCaseSource(nameof(Cases))]
    public void Every_golden_field_is_met_to_the_roundoff_of_double_double(OracleCase golden)
    {
        Dictionary<string, DoubleDouble[]> fields = new LiteralCase(golden).Fields();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fields.Keys, Is.EquivalentTo(golden.Fields.Where(x => !x.StartsWith("greedy", StringComparison.Ordinal))));
            foreach ((string name, DoubleDouble[] found) in fields)
            {
                double[] nearest = golden[name];
                DoubleDouble[] expected = [.. golden.Digits(name)?.Select(DoubleDouble.Parse) ?? nearest.Select(DoubleDouble.FromDouble)];
                Assert.That(found, Has.Length.EqualTo(expected.Length), name);
                double worst = 0, scale = 0;
                for (int i = 0; i < found.Length; i++)
                {
                    double error = Math.Abs((found[i] - expected[i]).High);
                    // Where only the double is given, it errs by half a unit in its last place.
                    double bound = (Share * golden.Tolerance(name)) + (golden.Digits(name) is null ? Math.ScaleB(Math.Abs(nearest[i]), -53) : 0);
                    Assert.That(error, Is.LessThanOrEqualTo(bound), $"{name}[{i}]");
                    worst = Math.Max(worst, error);
                    scale = Math.Max(scale, Math.Abs(nearest[i]));
                }

                if (golden.Digits(name) is not null)
                    TestContext.Out.WriteLine(FormattableString.Invariant($"ACC {golden} {name} {worst:0.0e+00} relative {worst / scale:0.0e+00} of bound {worst / (Share * golden.Tolerance(name)):0.0e+00}"));
            }
        }
    }
}
