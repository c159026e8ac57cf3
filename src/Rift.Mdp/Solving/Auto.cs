using System.Globalization;

namespace Rift.Mdp;

/// <summary>Chooses an algorithm by counted work and measured contraction, never by the clock, and says what it chose and why.</summary>
/// <remarks>
/// Up to <see cref="DirectStates"/> states: soft policy iteration with a direct solve. Above: value iteration; when the measured contraction of the bracket
/// predicts more than <see cref="AffordableSweeps"/> sweeps, Gauss-Seidel sweeps in the order of distance from the process's ends, if it has any; where these do not settle it either,
/// value iteration goes on if the discount alone makes it short enough, and soft policy iteration with a Krylov solve takes over from the V reached if not.
/// </remarks>
public sealed record Auto : SoftAlgorithm
{
    /// <summary>The most states for which the direct solve is taken outright.</summary>
    public const int DirectStates = 600;

    /// <summary>The predicted number of further sweeps above which value iteration is given up.</summary>
    public const int AffordableSweeps = 400;

    private const int ProbeSweeps = 40, DirectProbeSweeps = 20;

    // Predicted Gauss-Seidel sweeps above which these are given up.
    private const int AffordableOrderedSweeps = 1200;

    // Sweeps of value iteration that cost about as much as soft policy iteration with Krylov solves.
    private const int SweepsForNewton = 3000;

    // Sweeps of value iteration on a process without ends before soft policy iteration takes over.
    private const int PatientValueIteration = 600;

    private const string DoneWithinTheProbe = "value iteration, chosen and done within the probe";

    /// <inheritdoc/>
    public override string Name => "auto";

    private protected override string Run(SoftIteration iteration)
    {
        int states = iteration.Problem.Mdp.States;
        if (states <= DirectStates)
        {
            // Where many sweeps cost less than one factorisation, a few are worth the try.
            double factorisation = 2.0 / 3 * states * states * states;
            if (Sweep(iteration, (int)Math.Min(DirectProbeSweeps, factorisation / iteration.Problem.Mdp.Kernel.Transitions))) return DoneWithinTheProbe;
            return string.Create(CultureInfo.InvariantCulture, $"{Delegate(iteration, new SoftPolicyIteration { Linear = LinearMethod.Elimination })}, chosen for {states} states (at most {DirectStates})");
        }

        if (Sweep(iteration, ProbeSweeps)) return DoneWithinTheProbe;
        double rate = Contraction(iteration);
        string why = string.Create(CultureInfo.InvariantCulture, $"chosen for {states} states and a measured contraction of {rate:F4} a sweep");
        if (PredictedSweeps(iteration, rate) <= AffordableSweeps) return $"{Delegate(iteration, new ValueIteration())}, {why}";

        using OrderedSweep? ordered = OrderedSweep.Of(iteration);
        if (ordered is not null)
        {
            while (ordered.Improve(iteration, MaxIterations, AffordableOrderedSweeps))
                if (iteration.BackUp(MaxIterations)) return string.Create(CultureInfo.InvariantCulture, $"{new GaussSeidel().Name} from {ordered.Ends} ends, {why}");
            why += ", after Gauss-Seidel sweeps";
        }
        else
        {
            // Without ends, a bracket that does not close may only wait for something to come through all states.
            while (iteration.History.Count < PatientValueIteration)
            {
                if (Sweep(iteration, ProbeSweeps)) return $"{new ValueIteration().Name}, {why}";
                if (PredictedSweeps(iteration, Contraction(iteration)) <= AffordableSweeps) return $"{Delegate(iteration, new ValueIteration())}, {why}";
            }
        }

        // A sweep contracts by the discount at least.
        SoftAlgorithm last = PredictedSweeps(iteration, iteration.Problem.Mdp.Discount) <= SweepsForNewton ? new ValueIteration() : new SoftPolicyIteration { Linear = LinearMethod.Krylov };
        return $"{Delegate(iteration, last)}, {why}";
    }

    private protected override void Improve(SoftIteration iteration) => iteration.TakeNext();

    /// <summary>Sweeps of value iteration; true where the iteration has ended. Otherwise V is what the last one left.</summary>
    private bool Sweep(SoftIteration iteration, int sweeps)
    {
        for (int sweep = 0; sweep < sweeps; sweep++)
        {
            if (iteration.BackUp(MaxIterations)) return true;
            Improve(iteration);
        }

        return false;
    }

    /// <summary>The factor by which a sweep has narrowed the bracket of late.</summary>
    private static double Contraction(SoftIteration iteration) => Math.Pow(iteration.History[^1] / iteration.History[^(1 + (ProbeSweeps / 2))], 2.0 / ProbeSweeps);

    private static double PredictedSweeps(SoftIteration iteration, double rate) =>
        iteration.Span <= iteration.Target ? 1 : rate < 1 ? Math.Log(iteration.Target / iteration.Span) / Math.Log(rate) : double.PositiveInfinity;

    private string Delegate(SoftIteration iteration, SoftAlgorithm chosen) => (chosen with { MaxIterations = MaxIterations }).Continue(iteration);
}
