using Rift.Plots;
using Rift.Testing;

namespace Rift.Experiments.Tests;

public class ReproductionTests
{
    private static IEnumerable<Reproduction> All => Reproduction.All;

    [Test]
    public void Figures_have_names_of_their_own() => Assert.That(All.SelectMany(reproduction => reproduction.AlsoCalled.Prepend(reproduction.Figure)), Is.Unique);

    // What is not drawn: expert, uniform policy, RLIF with both tie rules and its range, in every world and at every threshold.
    [Test]
    public void References_agree_with_an_independent_program_to_the_last_digit_printed()
    {
        ExperimentSpecification specification = SmallExperiment.BuiltIn("figure-1", 1) with { Policies = [], Tunings = [], Metrics = ["success", "return"] };
        ReproductionData data = new(new Dictionary<string, ResultTable> { ["figure-1"] = new ExperimentRun { Threads = 2 }.Of(specification) });
        PrototypeNumber[] numbers = [.. PrototypeNumber.All.Where(number => number.Experiment == "figure-1" && number.Setting.Prior is null)];
        Assert.That(numbers, Has.Length.EqualTo(51));
        foreach (Comparison comparison in numbers.Select(number => number.With(data)))
            Assert.That(comparison.Agrees, Is.True, $"{comparison.Prototype.Setting}: {comparison.Prototype.Metric} {comparison.Ours.Mean:R}, printed {comparison.Prototype.Printed}");
    }

    [Test]
    public void Every_number_of_the_prototype_is_one_that_is_computed()
    {
        foreach (IGrouping<string, PrototypeNumber> numbers in PrototypeNumber.All.GroupBy(number => number.Experiment))
        {
            ExperimentSpecification specification = ExperimentFile.ReadBuiltIn(numbers.Key);
            foreach (PrototypeNumber number in numbers)
            {
                Assert.That(specification.Metrics, Does.Contain(number.Metric), $"{number}");
                Assert.That(specification.Cells.Any(cell => cell.Model == number.Setting.World && cell.Intervention.Name == number.Setting.Supervisor && cell.Prior?.Name == number.Setting.Prior), $"{number}");
            }
        }
    }

    [Test]
    public void Psi_never_falls_as_the_KL_weight_grows()
    {
        ExperimentSpecification specification = SmallExperiment.BuiltIn("figure-1", 2, "windycliff", "frozenlake:8x8") with { References = [], Metrics = ["psi"] };
        ResultTable table = new ExperimentRun { Threads = 2 }.Of(specification);
        foreach (IGrouping<(string, string, string, int?), ResultRow> line in table.Rows.Where(row => row.Policy == "rift").GroupBy(row => (row.World, row.Prior, row.Intervention, row.Seed)))
        {
            CertifiedNumber[] psi = [.. line.OrderBy(row => row.KlWeight).Select(row => row.Metrics[0]!.Value)];
            for (int i = 1; i < psi.Length; i++) Assert.That(psi[i - 1].Value - psi[i].Value, Is.LessThanOrEqualTo(psi[i - 1].ErrorBound + psi[i].ErrorBound), $"{line.Key}");
        }
    }

    [Test]
    public void The_KL_weight_of_matching_rates_is_the_one_of_least_Psi()
    {
        ExperimentSpecification specification = SmallExperiment.BuiltIn("figure-5-noisy", 2, "frozenlake:8x8");
        specification = specification with { Policies = [], Tunings = [.. specification.Tunings.Where(tuning => tuning.Search != KlWeightSearch.None)], Metrics = ["psi"] };
        ResultTable table = new ExperimentRun { Threads = 2 }.Of(specification);
        int compared = 0;
        foreach (IGrouping<(string, int?), ResultRow> pair in table.Rows.GroupBy(row => (row.Intervention, row.Seed)))
        {
            double[] weights = [.. pair.Select(row => row.KlWeight!.Value)];
            if (weights.Length < 2) continue;
            Assert.That(weights[0] / weights[1], Is.EqualTo(1).Within(1e-4), $"{pair.Key}");
            compared++;
        }

        Assert.That(compared, Is.GreaterThan(6));
    }

    [TestCase("figure-6", 1e-9)]
    [TestCase("figure-10", 1e-12)]
    public void What_a_fact_says_of_a_policy_is_so(string experiment, double most)
    {
        ExperimentSpecification specification = SmallExperiment.BuiltIn(experiment, 2, "windycliff", "frozenlake:8x8") with { References = [], Metrics = ["identity"] };
        CertifiedNumber[] identities = [.. new ExperimentRun { Threads = 2 }.Of(specification).Rows.Where(row => row.Metrics[0] is not null).Select(row => row.Metrics[0]!.Value)];
        Assert.That(identities, Is.Not.Empty);
        Assert.That(identities.Max(identity => identity.Value), Is.LessThanOrEqualTo(most));
    }

    [Test]
    public void A_figure_is_drawn_the_same_every_time()
    {
        Reproduction figure = All.Single(reproduction => reproduction.Figure == "6");
        byte[][] pictures = [.. Enumerable.Range(1, 2).Select(threads => ChartFigure.Of(ReproductionResult.Of([figure], new ExperimentRun { Threads = threads }, seeds: 2)[0].Charts[0]).ToPng(1))];
        Assert.That(pictures[1], Is.EqualTo(pictures[0]));
    }

    [Test]
    public void A_claim_is_decided_by_its_measurements()
    {
        Measurement high = Measurement.AtLeast("x", 2, 1), low = Measurement.AtLeast("y", 0, 1, 0.5), worst = Measurement.Worst(high, low);
        Assert.That(new Claim("", high).Verdict, Is.EqualTo("shown"));
        Assert.That(new Claim("", high, low).Deciding, Is.EqualTo(low));
        Claim conditional = new("", low) { Condition = "in y", ConditionalEvidence = [high] };
        Assert.That(conditional.Verdict, Is.EqualTo("shown in y"));
        Assert.That(conditional.Deciding, Is.EqualTo(high));
        Assert.That((conditional with { ConditionalEvidence = [low] }).Finding, Is.EqualTo(Finding.NotShown));
        Assert.That(worst.What, Is.EqualTo("y, the worst of 2"));
        Assert.That($"{worst}", Is.EqualTo("0 ± 0.500 (at least 1)"));
        Assert.That(Measurement.AtLeast("z", double.NaN, 0).Holds, Is.False);
    }

    [TestCaseSource(nameof(All))]
    public void The_page_of_experiments_was_made_for_what_ships(Reproduction reproduction)
    {
        string page = File.ReadAllText(Repository.PathOf("docs", "experiments.md")).ReplaceLineEndings("\n");
        Assert.That(page, Does.Contain($"## {reproduction.Title}\n\n{reproduction.Text.ReplaceLineEndings("\n")}\n"));
        foreach (string experiment in reproduction.Experiments) Assert.That(page, Does.Contain($"| {ReproductionReport.FingerprintLine(ExperimentFile.ReadBuiltIn(experiment))} |"));
        foreach (string line in page.Split('\n').Where(line => line.StartsWith("![", StringComparison.Ordinal)))
            Assert.That(Repository.PathOf("docs", line[(line.LastIndexOf('(') + 1)..^1]), Does.Exist);
    }
}
