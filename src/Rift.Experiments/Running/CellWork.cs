using Rift.Learning;
using Rift.Mdp;

namespace Rift.Experiments;

/// <summary>What is made of one prior under one supervisor.</summary>
internal sealed class CellWork(ExperimentCell cell, WorldContext world, Policy? prior, StateActionTable phi, Supervisor supervisor, CancellationToken cancellation)
{
    private static readonly Auto _solver = new() { Tolerance = Tolerance.RoundingFloor };

    /// <summary>The facts speak of solutions; how far these are known is in their certificates.</summary>
    private Execution Execution { get; } = new() { Cancellation = cancellation };

    private MarkovDecisionProcess Mdp => world.Mdp;

    private Policy Prior => prior ?? throw new InvalidOperationException("a reference has no prior");

    /// <summary>A policy of <see cref="FixedPolicy"/>.</summary>
    internal ResultRow Fixed(string name)
    {
        switch (name)
        {
            case FixedPolicy.RlifLeast: return cell.Row(name, "success", Range?.Least);
            case FixedPolicy.RlifMost: return cell.Row(name, "success", Range?.Most);
            default:
                (Policy policy, double logRadius) = Policy(name);
                return cell.Row(name, Measured(name, policy, logRadius));
        }
    }

    /// <summary>The members of a family of tunings.</summary>
    internal IEnumerable<ResultRow> Tuned(TuningSetting family)
    {
        TuningPoint[] points = [.. family.Points];
        if (family.Search != KlWeightSearch.None) return points.SelectMany(Searched);
        if (family.Learner != Learner.Exact) return points.SelectMany(Learned);
        if (family.Rounds > 1) return points.SelectMany(Rounds);
        // Each from the one before; where the state space or the size of values changes, only the start is worse.
        SoftSolution[] solutions = Required(_solver.SolvePath([.. points.Select(point => point.At(point.KlWeight).Problem(Mdp, Prior, phi))], Execution));
        return points.Zip(solutions, (point, solution) => Row(point, point.KlWeight, Tuning.PolicyOf(solution, Mdp), solution.Certificate.LogPolicyRadius, Expected(point)));
    }

    private (Policy Policy, double LogRadius) Policy(string name)
    {
        SoftSolution? solution = name switch
        {
            FixedPolicy.Expert => world.Expert.Solution,
            FixedPolicy.RlifUniform => RlifUniform,
            FixedPolicy.RlifMaximumEntropy => Solved(SoftProblem.FineTuning(Mdp, world.Uniform, -phi, 0)),
            FixedPolicy.Lexicographic => Solved(SoftProblem.FineTuning(Mdp, Prior, -phi, 0)),
            _ => null,
        };
        return solution is not null ? (solution.Policy, solution.Certificate.LogPolicyRadius) : (name == FixedPolicy.Prior ? Prior : world.Uniform, 0);
    }

    private SoftSolution RlifUniform => field ??= Solved(new SoftProblem(Mdp.WithReward(-phi), 0));

    private SuccessRange? Range => field ??= SuccessRange.Of(Mdp, RlifUniform.Policy, world.Horizon, Execution);

    /// <summary>Each round tunes the policy of the one before (Algorithm 2). Errors of the rounds add up: each reaches the last policy magnified by 2/(1 - gamma) (fact F9).</summary>
    private IEnumerable<ResultRow> Rounds(TuningPoint point)
    {
        Policy policy = Prior;
        double error = 0;
        for (int round = 1; round <= point.Family.Rounds; round++)
        {
            SoftSolution solution = Solved(point.At(point.KlWeight).Problem(Mdp, policy, phi));
            policy = Tuning.PolicyOf(solution, Mdp);
            double logRadius = solution.Certificate.LogPolicyRadius + (2 * error / (1 - Mdp.Discount));
            error += solution.Certificate.LogPolicyRadius;
            Policy? expected = point.IsKlForm ? Solved(SoftProblem.FineTuning(Mdp, Prior, point.Family.PaysForStops ? -phi : 0 * phi, point.KlWeight / round)).Policy : null;
            yield return Row(point, point.KlWeight, policy, logRadius, expected) with { Round = round };
        }
    }

    /// <summary>Rounds that are learned from episodes with e-stops; what they come to is evaluated exactly.</summary>
    private IEnumerable<ResultRow> Learned(TuningPoint point)
    {
        TuningSetting family = point.Family;
        ResidualInterventionFineTuning algorithm = new()
        {
            KlWeight = point.KlWeight,
            Rounds = family.Rounds,
            Inner = family.Learner == Learner.Online ? new ResidualSoftQLearning(point.Episodes) : new CertaintyEquivalence(point.Episodes) { KeepAllData = family.KeepsData },
        };
        SplittableRandom random = cell.Stream("learning", $"{cell.Prior?.Text}\n{cell.Intervention.Text}\n{family.Canonical}\n{point.KlWeight:R}\n{point.Episodes}");
        TrainingRun run = algorithm.Run(world.Expert, world.Simulator, Prior, supervisor, world.Horizon, random, Execution);
        foreach ((int index, TrainingRound round) in run.Rounds.Index())
            yield return Row(point, point.KlWeight, round.Policy, 0, null, round) with { Round = family.Rounds > 1 ? index + 1 : null, Episodes = point.Episodes };
    }

    private IEnumerable<ResultRow> Searched(TuningPoint point)
    {
        KlWeightLine line = new(weight => Solved(point.At(weight).Problem(Mdp, Prior, phi)));
        double? found = point.Family.Search == KlWeightSearch.MatchingRate
            ? line.Root(solution => Measured("", Tuning.PolicyOf(solution, Mdp), 0).Rate.Value - world.Expert.Visitation.Average(phi).Value)
            : line.Minimum(solution => Measured("", Tuning.PolicyOf(solution, Mdp), 0).Psi.Value);
        if (found is not double weight) yield break;
        SoftSolution solution = line.At(weight);
        yield return Row(point, weight, Tuning.PolicyOf(solution, Mdp), solution.Certificate.LogPolicyRadius, null);
    }

    private ResultRow Row(TuningPoint point, double weight, Policy policy, double logRadius, Policy? expected, TrainingRound? learned = null) =>
        cell.Row(point.Family.Name, Measured(point.Family.Name, policy, logRadius, expected, learned)) with
        {
            KlWeight = weight,
            PriorScale = point.PriorScale,
            Offset = point.Family.Offsets is [0] ? null : point.Offset,
        };

    /// <summary>What a fact says the policy is: the prior where nothing is paid and nothing added (F8), the optimum of a lower temperature where the prior was pretrained on the same interventions (F10).</summary>
    private Policy? Expected(TuningPoint point)
    {
        if (!point.IsKlForm) return null;
        if (!point.Family.PaysForStops) return Prior;
        return PriorSpec.Parse(cell.Prior!.Text).PretrainedAt is double pretrained && point.KlWeight > 0
            ? Solved(SoftProblem.FineTuning(Mdp, world.Uniform, -phi, point.KlWeight * pretrained / (point.KlWeight + pretrained))).Policy
            : null;
    }

    private PolicyMeasurement Measured(string name, Policy policy, double logRadius, Policy? expected = null, TrainingRound? learned = null) =>
        new(world, prior, phi, () => cell.Stream("mode", $"{cell.Prior?.Text}\n{cell.Intervention.Text}\n{name}"), policy, logRadius) { Expected = expected, Learned = learned };

    private SoftSolution Solved(SoftProblem problem) => Required(_solver.SolvePath([problem], Execution))[0];

    private SoftSolution[] Required(SoftSolution[] solutions)
    {
        cancellation.ThrowIfCancellationRequested();
        foreach (SoftSolution solution in solutions) solution.RequireConverged();
        return solutions;
    }
}
