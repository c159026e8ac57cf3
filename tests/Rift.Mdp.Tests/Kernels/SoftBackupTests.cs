using FsCheck.NUnit;

namespace Rift.Mdp.Tests;

/// <summary>The laws of the soft Bellman operator T.</summary>
[Properties(Arbitrary = [typeof(MdpArbitraries)])]
public class SoftBackupTests
{
    [Property]
    public void The_backup_is_monotone(SmallProblem small)
    {
        SoftProblem problem = small.Problem;
        double[] values = small.Rewards[..small.States], larger = [.. values.Select((v, s) => v + s)];
        double rounding = problem.BackupRounding(SoftProblem.LargestAbs(values)) + problem.BackupRounding(SoftProblem.LargestAbs(larger));
        foreach ((double x, double y) in Backup(problem, values).Zip(Backup(problem, larger)))
            Assert.That(x, Is.LessThanOrEqualTo(y + rounding));
    }

    [Property]
    public void A_constant_is_discounted(SmallProblem small)
    {
        SoftProblem problem = small.Problem;
        double[] values = small.Rewards[..small.States], shifted = [.. values.Select(v => v + 8)];
        double rounding = problem.BackupRounding(SoftProblem.LargestAbs(values)) + problem.BackupRounding(SoftProblem.LargestAbs(shifted)) + (4 * Rounding.Unit * (SoftProblem.LargestAbs(shifted) + 8));
        foreach ((double x, double y) in Backup(problem, values).Zip(Backup(problem, shifted)))
            Assert.That(y, Is.EqualTo(x + (8 * small.Discount)).Within(rounding));
    }

    [Property]
    public void The_backup_contracts_by_the_discount(SmallProblem small)
    {
        SoftProblem problem = small.Problem;
        double[] values = small.Rewards[..small.States], others = small.Rewards[^small.States..];
        double before = values.Zip(others, (x, y) => Math.Abs(x - y)).Max();
        double after = Backup(problem, values).Zip(Backup(problem, others), (x, y) => Math.Abs(x - y)).Max();
        Assert.That(after, Is.LessThanOrEqualTo((small.Discount * before * (1 + 1e-15)) + problem.BackupRounding(SoftProblem.LargestAbs(values)) + problem.BackupRounding(SoftProblem.LargestAbs(others))));
    }

    [Property]
    public void A_soft_value_lies_between_the_maximum_and_the_maximum_plus_the_largest_entropy(SmallProblem small)
    {
        SoftProblem problem = small.Plain;
        for (int s = 0; s < small.States; s++)
        {
            ReadOnlySpan<double> q = problem.Mdp.Reward.Row(s), l = problem.BaseRow(s);
            double best = SoftBackup.Best(q, l), value = SoftBackup.Value(q, l, small.Temperature), rounding = SoftBackup.RoundingBound(q, l, small.Temperature);
            Assert.That(value, Is.GreaterThanOrEqualTo(best - rounding).And.LessThanOrEqualTo(best + (small.Temperature * Math.Log(small.Actions)) + rounding));
        }
    }

    [Property]
    public void As_the_temperature_falls_the_value_becomes_the_maximum(SmallProblem small)
    {
        SoftProblem problem = small.Plain;
        for (int s = 0; s < small.States; s++)
        {
            ReadOnlySpan<double> q = problem.Mdp.Reward.Row(s), l = problem.BaseRow(s);
            double best = SoftBackup.Best(q, l);
            Assert.That(SoftBackup.Value(q, l, 0), Is.EqualTo(best));
            foreach (double temperature in (double[])[1, 1e-3, 1e-6, 1e-300])
                Assert.That(SoftBackup.Value(q, l, temperature), Is.EqualTo(best).Within((temperature * Math.Log(small.Actions)) + SoftBackup.RoundingBound(q, l, temperature)));
        }
    }

    [Property]
    public void As_the_temperature_rises_the_policy_becomes_the_base_measure(SmallProblem small)
    {
        // |log pi - log base| is at most (max Q - min Q) / alpha.
        double temperature = 1e6 * Math.Max(1, small.Mdp.Reward.MaxAbs());
        SoftProblem problem = new(small.Mdp, temperature, small.Table(small.LogBase));
        Policy hot = Bijection.PolicyOf(problem, small.Mdp.Reward);
        Policy limit = Policy.Softmax(StateActionTable.Create(small.States, small.Actions, problem.Base));
        for (int s = 0; s < small.States; s++)
            for (int a = 0; a < small.Actions; a++)
                if (limit.Probability(s, a) > 0)
                    Assert.That(hot.LogProbability(s, a), Is.EqualTo(limit.LogProbability(s, a)).Within(2.1e-6));
    }

    [Test]
    public void Values_and_their_bound_hold_against_log_sums_known_in_closed_form()
    {
        // exp(log p) for p = 1/2, 1/4, 1/4 plus a common shift c: V = alpha c exactly, for c a power of two.
        double[] logs = [Math.Log(0.5), Math.Log(0.25), Math.Log(0.25)];
        foreach (double alpha in (double[])[1e-3, 1, 1e3])
        {
            foreach (double shift in (double[])[-1048576, 0, 16, 1048576])
            {
                double[] q = [.. logs.Select(l => alpha * (l + shift))];
                // Making q rounds it: three roundoffs of its size.
                double bound = SoftBackup.RoundingBound(q, default, alpha) + (3 * Rounding.Unit * q.Max(Math.Abs));
                Assert.That(SoftBackup.Value(q, default, alpha), Is.EqualTo(alpha * shift).Within(bound));
                Assert.That(SoftBackup.Value([0, 0, 0], [.. logs.Select(l => l + shift)], alpha), Is.EqualTo(alpha * shift).Within(SoftBackup.RoundingBound([0, 0, 0], [.. logs.Select(l => l + shift)], alpha) + (alpha * 3 * Rounding.Unit * (Math.Abs(shift) + 2))));
            }
        }
    }

    [Test]
    public void A_base_measure_of_any_size_leaves_policies_whose_rows_sum_to_one()
    {
        // l = C is the entropy surplus of an end; l = omega log pi0 at omega = 1000 and pi0 = 1e-300 is -690,776.
        foreach (double surplus in (double[])[1e6, -690_776, 1e12])
        {
            SoftProblem problem = new(OneState(3), 0.7, StateActionTable.Constant(1, 3, surplus));
            SoftSolution solution = problem.Solve();
            Assert.That(solution.Policy.Probability(0, 0), Is.EqualTo(1 / 3.0).Within(1e-15));
            Assert.That(solution.Values[0], Is.EqualTo(0.7 * (surplus + Math.Log(3)) / (1 - 0.5)).Within(solution.Certificate.HalfWidth + (8 * Rounding.Unit * Math.Abs(surplus))));
        }
    }

    [Test]
    public void Unavailable_actions_count_for_nothing_whatever_their_value()
    {
        double[] q = [1, 1e300, 2], l = [0, double.NegativeInfinity, 0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(SoftBackup.Value(q, l, 1), Is.EqualTo(SoftBackup.Value([1, 2], default, 1)));
            Assert.That(SoftBackup.Value(q, l, 0), Is.EqualTo(2));
            Assert.That(SoftBackup.Value(q, l, 1e-10), Is.EqualTo(2), "its quotient by the temperature overflows");
            Assert.That(SoftBackup.RoundingBound(q, l, 1), Is.LessThan(1e-14));
            Assert.That(SoftBackup.RoundingBound(q, l, 0), Is.Zero);
        }
    }

    [Test]
    public void An_unavailable_action_adds_nothing_to_the_bound_of_the_others()
    {
        double[] q = [1, 1e300, 2], logBase = [0.5, double.NegativeInfinity, -0.25], logPolicy = new double[3], alone = new double[2];
        SoftBackup.LogPolicy(q, logBase, 0.5, 0, logPolicy);
        SoftBackup.LogPolicy([1, 2], [0.5, -0.25], 0.5, 0, alone);
        // The value is rounded once for each place in the sum, also where nothing is added; a difference of V is one of alpha log pi.
        double place = SoftBackup.RoundingBound(q, logBase, 0.5) - SoftBackup.RoundingBound([1, 2], [0.5, -0.25], 0.5);
        Assert.That(
            SoftBackup.LogPolicyRoundingBound(q, logBase, logPolicy, 0.5) - SoftBackup.LogPolicyRoundingBound([1, 2], [0.5, -0.25], alone, 0.5),
            Is.EqualTo(Rounding.SecondOrder * place / 0.5).Within(1e-6).Percent);
    }

    [Test]
    public void At_temperature_zero_ties_share_alike()
    {
        double[] logPolicy = new double[4];
        SoftBackup.LogPolicy([1, 1 - 1e-12, 0.5, 3], [0, 0, 0, double.NegativeInfinity], 0, 1e-10, logPolicy);
        Assert.That(logPolicy, Is.EqualTo(new[] { -Math.Log(2), -Math.Log(2), double.NegativeInfinity, double.NegativeInfinity }));
    }

    [Property]
    public void Bounds_have_the_units_of_what_they_bound(SmallProblem small)
    {
        // In units 2^20 times as small, Q, alpha and V are 2^20 times as large, and so is the bound of V; log pi and its bound do not change. All of it exactly.
        const double Scale = 1 << 20;
        double[] logPolicy = new double[small.Actions], scaledLogPolicy = new double[small.Actions];
        for (int s = 0; s < small.States; s++)
        {
            double[] q = small.Plain.Mdp.Reward.Row(s).ToArray(), scaled = Array.ConvertAll(q, x => Scale * x), l = small.Problem.BaseRow(s).ToArray();
            SoftBackup.LogPolicy(q, l, small.Temperature, 0, logPolicy);
            SoftBackup.LogPolicy(scaled, l, Scale * small.Temperature, 0, scaledLogPolicy);
            Assert.That(scaledLogPolicy, Is.EqualTo(logPolicy));
            Assert.That(SoftBackup.Value(scaled, l, Scale * small.Temperature), Is.EqualTo(Scale * SoftBackup.Value(q, l, small.Temperature)));
            Assert.That(SoftBackup.RoundingBound(scaled, l, Scale * small.Temperature), Is.EqualTo(Scale * SoftBackup.RoundingBound(q, l, small.Temperature)));
            Assert.That(
                SoftBackup.LogPolicyRoundingBound(scaled, l, logPolicy, Scale * small.Temperature), Is.EqualTo(SoftBackup.LogPolicyRoundingBound(q, l, logPolicy, small.Temperature)));
        }
    }

    [TestCase(0.3, 0)]
    [TestCase(-1000.3, 0)]
    [TestCase(0.7, -1000.3)]
    [TestCase(1e-3, 1e6)]
    public void The_bound_of_the_log_policy_counts_each_rounded_term_of_the_worst_action(double difference, double logBase)
    {
        // Two actions, Q = (0, -difference) and l = (0, logBase), alpha = 1/2. In the worst action the difference over alpha is rounded twice, its sum with l once, and log pi twice.
        const double Alpha = 0.5;
        double[] q = [0, -difference], l = [0, logBase], logPolicy = new double[2];
        SoftBackup.LogPolicy(q, l, Alpha, 0, logPolicy);
        double best = Math.Max(0, -difference), worst = 0;
        for (int a = 0; a < 2; a++)
            worst = Math.Max(worst, (2 * (best - q[a]) / Alpha) + Math.Abs(((q[a] - best) / Alpha) + l[a]) + (2 * Math.Abs(logPolicy[a])));
        double expected = (Rounding.Unit * worst) + (SoftBackup.RoundingBound(q, l, Alpha) / Alpha);
        Assert.That(SoftBackup.LogPolicyRoundingBound(q, l, logPolicy, Alpha), Is.InRange(expected, 1.02 * expected));
        Assert.That(SoftBackup.LogPolicyRoundingBound(q, l, logPolicy, 0), Is.Zero);
    }

    private static MarkovDecisionProcess OneState(int actions)
    {
        TransitionKernelBuilder builder = new(1, actions);
        for (int a = 0; a < actions; a++) builder.Add(0, a, 0, 1);
        return new MarkovDecisionProcess(builder.Build(), StateActionTable.Constant(1, actions, 0), [1], 0.5);
    }

    private static double[] Backup(SoftProblem problem, double[] values)
    {
        using BellmanSweep sweep = new(problem, threads: 1);
        return sweep.Backup(values);
    }
}
