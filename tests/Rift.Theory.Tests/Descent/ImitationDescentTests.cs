using Rift.Mdp;
using Rift.Models;

namespace Rift.Theory.Tests;

public class ImitationDescentTests
{
    private static readonly string[] _worlds = ["frozenlake:4x4", "frozenlake:4x4,discount=0.9", "gridworld", "gridworld,discount=0.9"];

    [Test]
    public void Newton_reaches_Psi_below_1e_12_for_soft_experts_and_falls_at_every_step([ValueSource(nameof(_worlds))] string world, [Values(0.05, 0.2, 1)] double temperature)
    {
        DescentReport report = new ImitationDescent { Tolerance = 1e-12 }.Run(SoftExpert(world, temperature), temperature);
        Assert.Multiple(() =>
        {
            Assert.That(report.Outcome, Is.EqualTo(Outcome.Converged));
            Assert.That(report.Psi.Value + report.Psi.ErrorBound, Is.LessThanOrEqualTo(1e-12));
            Assert.That(report.History, Has.Count.LessThanOrEqualTo(25));
            FallsForSure(report);
        });
    }

    [Test]
    public void On_an_interior_expert_that_goes_everywhere_Newton_takes_a_handful_of_steps()
    {
        SolvedScenario solved = new(ScenarioOf.Tame());
        DescentReport report = new ImitationDescent { Tolerance = 1e-12 }.Run(solved.Imitation, solved.Temperature);
        Assert.Multiple(() =>
        {
            Assert.That(report.Outcome, Is.EqualTo(Outcome.Converged));
            Assert.That(report.History, Has.Count.LessThanOrEqualTo(8));
            // Psi is the average divergence along rho*; by Pinsker the total variation is at most sqrt(Psi/2) on that average.
            for (int s = 0; s < 4; s++)
                for (int a = 0; a < 3; a++)
                    Assert.That(report.Solution.Policy.Probability(s, a), Is.EqualTo(solved.Expert.Policy.Probability(s, a)).Within(Math.Sqrt(1e-12 / 2) / solved.Imitation.ExpertVisitation.States.Values[s]));
        });
    }

    [TestCase("frozenlake:4x4,discount=0.9", 0.05, 0.001)]
    [TestCase("gridworld,discount=0.5", 0.2, 1e-5)]
    public void Certified_steps_fall_by_at_least_what_was_promised_until_they_arrive(string world, double temperature, double tolerance)
    {
        Imitation imitation = SoftExpert(world, temperature);
        DescentReport report = new ImitationDescent { Step = DescentStep.Certified, Tolerance = tolerance, MaxSteps = 20_000 }.Run(imitation, temperature);
        Assert.Multiple(() =>
        {
            Assert.That(report.Outcome, Is.EqualTo(Outcome.Converged));
            FallsForSure(report);
        });
    }

    [Test]
    public void A_certified_step_is_four_alpha_one_minus_gamma_Delta_against_what_is_done_too_often()
    {
        SolvedScenario solved = new(ScenarioOf.Tame());
        MarkovDecisionProcess mdp = solved.Mdp;
        DescentReport report = new ImitationDescent { Step = DescentStep.Certified, MaxSteps = 1, Tolerance = 0 }.Run(solved.Imitation, solved.Temperature, mdp.Reward);
        StateActionTable excess = solved.CandidateVisitation.Pairs - solved.Imitation.ExpertVisitation.Pairs;
        double delta = excess.Map(x => Math.Max(x, 0)).Sum();
        StateActionTable step = mdp.Reward - report.Reward;
        Assert.Multiple(() =>
        {
            Assert.That(step.MaxAbs(), Is.EqualTo(4 * solved.Temperature * (1 - mdp.Discount) * delta).Within(1e-12));
            Assert.That(Enumerable.Range(0, 12).Select(i => step[i] > 0), Is.EqualTo(Enumerable.Range(0, 12).Select(i => excess[i] > 0)));
            Assert.That(report.History[0].Value - report.History[1].Value, Is.GreaterThanOrEqualTo(2 * (1 - mdp.Discount) * delta * delta * (1 - 1e-9)));
        });
    }

    [Test]
    public void A_deterministic_expert_is_approached_while_the_rewards_grow()
    {
        MarkovDecisionProcess lake = WorldCatalog.Create("frozenlake:4x4");
        Imitation imitation = new(lake, new SoftProblem(lake, 0).Solve().Policy);
        DescentReport near = new ImitationDescent { Tolerance = 1e-3 }.Run(imitation, 0.1), nearer = new ImitationDescent { Tolerance = 1e-6 }.Run(imitation, 0.1);
        Assert.Multiple(() =>
        {
            Assert.That(nearer.Outcome, Is.EqualTo(Outcome.Converged));
            Assert.That(nearer.Reward.MaxAbs(), Is.GreaterThan(near.Reward.MaxAbs()));
            FallsForSure(nearer);
        });
    }

    [Test]
    public void The_expert_itself_needs_no_step_and_a_tolerance_below_rounding_is_not_claimed()
    {
        SolvedScenario solved = new(ScenarioOf.Tame());
        DescentReport there = new ImitationDescent().Run(solved.Imitation, solved.Temperature, solved.Scenario.ExpertReward);
        DescentReport beyond = new ImitationDescent { Tolerance = 0 }.Run(solved.Imitation, solved.Temperature);
        Assert.Multiple(() =>
        {
            Assert.That(there.History, Has.Count.EqualTo(1));
            Assert.That(there.Outcome, Is.EqualTo(Outcome.Converged));
            Assert.That(beyond.Outcome, Is.EqualTo(Outcome.ToleranceNotReached));
        });
    }

    [Test]
    public void A_cancelled_descent_stays_where_it_is()
    {
        SolvedScenario solved = new(ScenarioOf.Tame());
        DescentReport report = new ImitationDescent().Run(solved.Imitation, solved.Temperature, cancellation: new CancellationToken(canceled: true));
        Assert.Multiple(() =>
        {
            Assert.That(report.Outcome, Is.EqualTo(Outcome.Cancelled));
            Assert.That(report.Reward.MaxAbs(), Is.Zero);
        });
    }

    private static Imitation SoftExpert(string world, double temperature)
    {
        MarkovDecisionProcess mdp = WorldCatalog.Create(world);
        return new Imitation(mdp, new SoftProblem(mdp, temperature).Solve().Policy);
    }

    private static void FallsForSure(DescentReport report)
    {
        foreach ((CertifiedNumber before, CertifiedNumber after) in report.History.Zip(report.History.Skip(1)))
            Assert.That(after.Value + after.ErrorBound, Is.LessThan(before.Value - before.ErrorBound));
    }
}
