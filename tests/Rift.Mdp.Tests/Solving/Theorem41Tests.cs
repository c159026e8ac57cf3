using FsCheck.NUnit;

namespace Rift.Mdp.Tests;

/// <summary>Residual Q-learning and KL-regularised fine-tuning: Theorem 4.1 and what follows from it.</summary>
[Properties(Arbitrary = [typeof(MdpArbitraries)])]
public class Theorem41Tests
{
    [Property]
    public void No_policy_beats_the_fine_tuned_one(SmallProblem small)
    {
        MarkovDecisionProcess mdp = small.Mdp;
        SoftSolution tuned = SoftProblem.FineTuning(mdp, small.Prior, mdp.Reward, small.Temperature).Solve();
        Policy greedy = new SoftProblem(mdp, 0).Solve().Policy;
        foreach (Policy other in new[] { small.Policy, small.Prior, Policy.Uniform(mdp.Kernel), greedy })
        {
            CertifiedNumber value = Objective.FineTuning(mdp, other, small.Prior, mdp.Reward, small.Temperature);
            Assert.That(value.Value, Is.LessThanOrEqualTo(tuned.Objective + tuned.Certificate.HalfWidth + value.ErrorBound + Summation(tuned)));
        }
    }

    [Property]
    public void The_fine_tuned_policy_attains_its_value(SmallProblem small)
    {
        // The loss of a policy whose log-probabilities are off by e is at most alpha e a step (and of second order at that).
        MarkovDecisionProcess mdp = small.Mdp;
        SoftSolution tuned = SoftProblem.FineTuning(mdp, small.Prior, mdp.Reward, small.Temperature).Solve();
        CertifiedNumber attained = Objective.FineTuning(mdp, tuned.Policy, small.Prior, mdp.Reward, small.Temperature);
        double loss = small.Temperature * tuned.Certificate.LogPolicyRadius / (1 - mdp.Discount);
        Assert.That(attained.Value, Is.EqualTo(tuned.Objective).Within(tuned.Certificate.HalfWidth + attained.ErrorBound + loss + Summation(tuned)));
    }

    [Property]
    public void Residual_Q_learning_is_soft_optimality_for_the_prior_reward_times_its_scale_plus_the_residual(SmallProblem small)
    {
        // If pi0 is soft-optimal for r0 at temperature alpha0, then RQL(pi0, rR) with scale c at temperature alpha is soft-optimal for c alpha/alpha0 r0 + rR (5).
        const double Alpha0 = 0.5;
        MarkovDecisionProcess mdp = small.Mdp;
        StateActionTable r0 = small.Table(small.PolicyWeights);
        SoftSolution prior = new SoftProblem(mdp.WithReward(r0), Alpha0).Solve();
        foreach (double scale in (double[])[0.5, 1, 2])
        {
            SoftSolution residual = SoftProblem.ResidualQLearning(mdp, prior.Policy, mdp.Reward, small.Temperature, scale).Solve();
            SoftSolution direct = new SoftProblem(mdp.WithReward((scale * small.Temperature / Alpha0 * r0) + mdp.Reward), small.Temperature).Solve();
            // The prior is known to its own radius; making the reward rounds it.
            double bonus = scale * small.Temperature * prior.Certificate.LogPolicyRadius, reward = 4 * Rounding.Unit * direct.Problem.Mdp.Reward.MaxAbs();
            double carried = 4 * (bonus + reward) / (1 - mdp.Discount) / small.Temperature;
            AssertSame(residual.Policy, direct.Policy, residual.Certificate.LogPolicyRadius + direct.Certificate.LogPolicyRadius + carried);
        }
    }

    [Property]
    public void Without_residual_reward_the_prior_comes_back(SmallProblem small)
    {
        MarkovDecisionProcess mdp = small.Mdp;
        StateActionTable zero = StateActionTable.Constant(small.States, small.Actions, 0);
        SoftSolution solution = SoftProblem.FineTuning(mdp, small.Prior, zero, small.Temperature).Solve();
        // The prior's rows sum to one only to rounding: a defect of the size of a roundoff earns that much a step.
        double defect = 4 * Rounding.Unit * small.Actions * small.Temperature / (1 - mdp.Discount);
        AssertSame(solution.Policy, small.Prior, solution.Certificate.LogPolicyRadius + (2 * defect / small.Temperature));
        Assert.That(SoftProblem.LargestAbs(solution.Values), Is.LessThanOrEqualTo(solution.Certificate.HalfWidth + defect));
    }

    [Property]
    public void Two_rounds_are_one_with_the_sum_of_the_rewards(SmallProblem small)
    {
        MarkovDecisionProcess mdp = small.Mdp;
        StateActionTable first = mdp.Reward, second = small.Table(small.PolicyWeights);
        SoftSolution once = SoftProblem.FineTuning(mdp, small.Prior, first, small.Temperature).Solve(new Auto { Tolerance = Tolerance.RoundingFloor });
        SoftSolution twice = SoftProblem.FineTuning(mdp, once.Policy, second, small.Temperature).Solve(new Auto { Tolerance = Tolerance.RoundingFloor });
        SoftSolution together = SoftProblem.FineTuning(mdp, small.Prior, first + second, small.Temperature).Solve(new Auto { Tolerance = Tolerance.RoundingFloor });
        double carried = 4 * once.Certificate.LogPolicyRadius / (1 - mdp.Discount), rounded = 4 * Rounding.Unit * together.Problem.Mdp.Reward.MaxAbs() / (1 - mdp.Discount) / small.Temperature;
        AssertSame(twice.Policy, together.Policy, twice.Certificate.LogPolicyRadius + together.Certificate.LogPolicyRadius + carried + rounded);
    }

    private static double Summation(SoftSolution solution) => 2 * Rounding.Unit * solution.Problem.Mdp.States * SoftProblem.LargestAbs(solution.Values);

    private static void AssertSame(Policy found, Policy expected, double radius)
    {
        for (int s = 0; s < found.States; s++)
            for (int a = 0; a < found.Actions; a++)
                if (expected.LogProbability(s, a) != double.NegativeInfinity || found.LogProbability(s, a) != double.NegativeInfinity)
                    Assert.That(found.LogProbability(s, a), Is.EqualTo(expected.LogProbability(s, a)).Within(radius), $"state {s}, action {a}");
    }
}
