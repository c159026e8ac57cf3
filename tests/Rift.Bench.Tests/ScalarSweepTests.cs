using Rift.Mdp;

namespace Rift.Bench.Tests;

/// <summary>The scalar reference against the library, a closed form, and itself with an error put in.</summary>
public class ScalarSweepTests
{
    [Property(MaxTest = 60)]
    public bool The_library_agrees_with_the_reference_within_the_bound(byte states, byte actions, byte temperature, int seed)
    {
        int s = 1 + (states % 40), a = 1 + (actions % 6);
        using Workload workload = StandardWorkloads.Garnet("garnet", s, a, Math.Min(s, 1 + (states % 3)), seed, discount: 0.97);
        double alpha = temperature % 4 * 0.05;
        ScalarSweep reference = new(workload, workload.Discount, alpha);
        using FusedSweep sweep = new(new SoftProblem(workload.Process(), alpha), threads: 1);
        (double Least, double Most) change = sweep.Backup();
        reference.RequireAgreement(FusedSweep.StartValues(s), sweep.Next, change);
        return true;
    }

    [Test]
    public void An_error_beyond_the_bound_is_found_in_any_state_and_in_the_change()
    {
        using Workload workload = StandardWorkloads.Grid("grid", side: 9, seed: 4, discount: 0.95);
        ScalarSweep reference = new(workload, workload.Discount, temperature: 0.1);
        double[] values = FusedSweep.StartValues(workload.States), next = new double[workload.States];
        (double Least, double Most) change = reference.Backup(values, next);
        reference.RequireAgreement(values, next, change);
        Assert.Multiple(() =>
        {
            for (int s = 0; s < next.Length; s++)
            {
                double[] wrong = [.. next];
                wrong[s] += 3 * reference.RoundingBound(s, values, next[s]);
                Assert.That(() => reference.RequireAgreement(values, wrong, change), Throws.TypeOf<DisagreementException>().With.Message.StartsWith($"state {s}: "));
            }

            Assert.That(() => reference.RequireAgreement(values, next, (change.Least - 1e-12, change.Most)), Throws.TypeOf<DisagreementException>().With.Message.StartsWith("the smallest change: "));
            Assert.That(() => reference.RequireAgreement(values, next, (change.Least, double.NaN)), Throws.TypeOf<DisagreementException>().With.Message.StartsWith("the largest change: "));
        });
    }

    [Test]
    public void From_zero_each_state_is_worth_its_reward_and_the_entropy_of_a_free_choice()
    {
        using Workload workload = StandardWorkloads.Grid("grid", side: 4, seed: 2, discount: 0.5);
        ScalarSweep reference = new(workload, workload.Discount, temperature: 0.3);
        double[] zero = new double[workload.States], next = new double[workload.States];
        reference.Backup(zero, next);
        for (int s = 0; s < next.Length; s++)
            Assert.That(next[s], Is.EqualTo(workload.Rewards[4 * s] + (0.3 * Math.Log(4))).Within(reference.RoundingBound(s, zero, next[s]) + 1e-16));
    }

    [Test]
    public void Its_value_iteration_ends_inside_the_certificate_of_the_library()
    {
        using Workload workload = StandardWorkloads.Garnet("garnet", states: 50, actions: 4, branching: 5, seed: 9, discount: 0.9);
        SoftSolution certified = new Auto().Solve(new SoftProblem(workload.Process(), temperature: 0.1));
        double[] values = new ScalarSweep(workload, workload.Discount, temperature: 0.1).Solve(50, halfWidth: 1e-9).Values;
        // The rounding of a sweep, magnified by the horizon, is far below the half-width asked for.
        for (int s = 0; s < values.Length; s++) Assert.That(values[s], Is.EqualTo(certified.Values[s]).Within(1.001e-9 + certified.Certificate.HalfWidth));
    }
}
