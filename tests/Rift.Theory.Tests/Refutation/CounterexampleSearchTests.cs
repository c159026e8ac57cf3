using Rift.Mdp;

namespace Rift.Theory.Tests;

public class CounterexampleSearchTests
{
    [Test]
    public void What_is_found_does_not_depend_on_the_number_of_threads()
    {
        Statement claim = Claim.All.Single(x => x.Said.Id == "stop-probability-falls").Said;
        SearchReport one = new CounterexampleSearch { Seed = 3 }.Run(claim), two = new CounterexampleSearch { Seed = 3, Threads = 2 }.Run(claim);
        Assert.Multiple(() =>
        {
            Assert.That(two.Drawn, Is.EqualTo(one.Drawn));
            Assert.That(two.Shrinks, Is.EqualTo(one.Shrinks));
            Assert.That(two.Violation!.Left, Is.EqualTo(one.Violation!.Left));
            Assert.That(two.Counterexample!.ResidualReward.Entries.ToArray(), Is.EqualTo(one.Counterexample!.ResidualReward.Entries.ToArray()));
        });
    }

    [Test]
    public void A_claim_that_fails_everywhere_is_shrunk_to_nothing()
    {
        SearchReport report = new CounterexampleSearch().Run(new Stated(_ => (1, 0)));
        Scenario least = report.Counterexample!;
        Assert.Multiple(() =>
        {
            Assert.That(report.Drawn, Is.EqualTo(1));
            Assert.That((least.Mdp.States, least.Mdp.Actions), Is.EqualTo((1, 1)));
            Assert.That(least.Mdp.Discount, Is.Zero);
            Assert.That(least.Temperature, Is.EqualTo(1));
            Assert.That(least.Mdp.Reward.MaxAbs() + least.ExpertReward.MaxAbs() + least.ResidualReward.MaxAbs(), Is.Zero);
        });
    }

    [Test]
    public void The_number_that_matters_is_kept_with_as_few_digits_as_it_needs()
    {
        SearchReport report = new CounterexampleSearch { Seed = 1 }.Run(new Stated(solved => (solved.Mdp.Reward.MaxAbs(), 1.234)));
        // Above 1.234 by more than one in a hundred, in two digits.
        Assert.That(report.Counterexample!.Mdp.Reward.MaxAbs(), Is.AnyOf(1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2.0, 3.0));
    }

    [Test]
    public void Climbing_finds_what_drawing_does_not()
    {
        // Rewards are drawn from [-2, 2]: above 3 lie only those that a climb has reached.
        Stated claim = new(solved => (solved.Mdp.Reward.MaxAbs(), 3));
        Assert.Multiple(() =>
        {
            Assert.That(new CounterexampleSearch { Climb = 1, Cases = 5000 }.Run(claim).Counterexample, Is.Null);
            Assert.That(new CounterexampleSearch { Cases = 5000 }.Run(claim).Counterexample, Is.Not.Null);
        });
    }

    [Test]
    public void A_gap_that_rounding_may_explain_is_no_counterexample()
    {
        SearchReport report = new CounterexampleSearch { Cases = 640 }.Run(new Stated(_ => (1, 0), bound: 0.01));
        Assert.Multiple(() =>
        {
            Assert.That(report.Counterexample, Is.Null);
            Assert.That(report.WorstRatio, Is.EqualTo(100));
        });
    }

    [Test]
    public void Only_cases_that_meet_the_hypotheses_are_checked()
    {
        SearchReport report = new CounterexampleSearch { Cases = 640 }.Run(new Stated(_ => (1, 0), applies: false));
        Assert.Multiple(() =>
        {
            Assert.That(report.Drawn, Is.EqualTo(640));
            Assert.That(report.Checked, Is.Zero);
            Assert.That(report.Counterexample, Is.Null);
        });
    }

    [Test]
    public void A_side_that_is_not_a_number_is_told_by_the_worst_ratio()
    {
        SearchReport report = new CounterexampleSearch { Cases = 64 }.Run(new Stated(_ => (double.NaN, 0)));
        Assert.That(report.WorstRatio, Is.EqualTo(double.PositiveInfinity));
    }

    [Test]
    public void A_cancelled_search_says_so_and_how_far_it_came()
    {
        using CancellationTokenSource source = new();
        SearchReport report = new CounterexampleSearch().Run(new Stated(_ => (0, 1)), new AtFirst(source.Cancel), source.Token);
        Assert.Multiple(() =>
        {
            Assert.That(report.Cancelled, Is.True);
            Assert.That(report.Drawn, Is.EqualTo(32));
        });
    }

    [Test]
    public void Options_out_of_range_are_refused() => Assert.Multiple(() =>
    {
        Assert.That(() => new CounterexampleSearch { Cases = 0 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new CounterexampleSearch { Climb = 0 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new CounterexampleSearch { Threads = 0 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
    });

    /// <summary>left &lt;= right, of what a scenario gives.</summary>
    private sealed class Stated(Func<SolvedScenario, (double Left, double Right)> sides, double bound = 1e-12, bool applies = true) : Statement
    {
        public override string Id => "stated";

        public override string Title => "left <= right";

        public override bool Applies(SolvedScenario solved) => applies;

        public override Identity Check(SolvedScenario solved, SplittableRandom random)
        {
            (double left, double right) = sides(solved);
            return Identity.AtMost(new CertifiedNumber(left, bound), new CertifiedNumber(right, 0));
        }
    }

    private sealed class AtFirst(Action act) : IProgress<SearchProgress>
    {
        public void Report(SearchProgress value) => act();
    }
}
