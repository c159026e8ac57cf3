using Rift.Testing;

namespace Rift.Theory.Tests;

public class QuantitiesTests
{
    public static IEnumerable<OracleCase> Cases => OracleCase.All;

    [TestCaseSource(nameof(Cases))]
    public void Every_golden_field_is_met_within_its_tolerance(OracleCase golden)
    {
        AnalysisResult result = Quantities.Of(golden.Scenario);
        Assert.Multiple(() =>
        {
            foreach ((string name, double[] values) in result.Fields)
            {
                double[] expected = golden[name];
                Assert.That(values, Has.Length.EqualTo(expected.Length), name);
                for (int i = 0; i < expected.Length; i++)
                {
                    double error = Math.Abs(values[i] - expected[i]);
                    Assert.That(error, Is.LessThanOrEqualTo(golden.Tolerance(name)), $"{name}[{i}]");
                    if (golden.RelativeTolerance(name) is double relative && Math.Abs(expected[i]) > 1e-290)
                        Assert.That(error, Is.LessThanOrEqualTo(relative * Math.Abs(expected[i])), $"{name}[{i}], relative");
                }
            }
        });
    }

    [TestCaseSource(nameof(Cases))]
    public void Exactly_the_golden_fields_are_given(OracleCase golden) =>
        Assert.That(Quantities.Of(golden.Scenario).Fields.Select(x => x.Name), Is.EquivalentTo(golden.Fields));

    [TestCaseSource(nameof(Cases))]
    public void Certificates_name_fields_and_are_not_negative(OracleCase golden)
    {
        AnalysisResult result = Quantities.Of(golden.Scenario);
        Assert.Multiple(() =>
        {
            Assert.That(result.Certificates.Select(x => x.Name), Is.SubsetOf(result.Fields.Select(x => x.Name)));
            Assert.That(result.Certificates.Select(x => x.ErrorBound), Has.All.GreaterThanOrEqualTo(0));
            Assert.That(AnalysisResult.OfComputedPolicies, Is.SubsetOf(result.Certificates.Select(x => x.Name)));
        });
    }
}
