using System.Globalization;

namespace Rift.Mdp;

/// <summary>Chooses an algorithm by counted work and measured contraction, never by the clock, and says what it chose and why.</summary>
/// <remarks>
/// Up to <see cref="DirectStates"/> states: soft policy iteration with a direct solve. Above: value iteration; when the measured contraction of the bracket
/// predicts more than <see cref="AffordableSweeps"/> sweeps, Gauss-Seidel sweeps in the order of distance from the process's ends, if it has any; where these do not settle it either,
/// value iteration goes on if the discount alone makes it short enough, and if not, as long as that is affordable, until V is known to within the temperature, from where soft policy iteration with
/// a Krylov solve takes over. For a kernel that computes its
/// rows, whose policies need no chain to be built, soft policy iteration takes over sooner.
/// </remarks>
public sealed record Auto : SoftAlgorithm
{
    /// <summary>The most states for which the direct solve is taken outright.</summary>
    public const int DirectStates = 600;

    /// <summary>The predicted number of further sweeps above which value iteration is given up.</summary>
    public const int AffordableSweeps = 400;

    private const int ProbeSweeps = 40, DirectProbeSweeps = 20;

    // Predicted Gauss-Seidel sweeps above which these are given up; and so many times as many plain sweeps cost as much, on two threads at the most.
    private const int AffordableOrderedSweeps = 1200;
    private const double OrderedSweepCost = 1.6;

    // Sweeps of value iteration that cost about as much as soft policy iteration with Krylov solves; the same from a V that is known to within the temperature; and the most that are
    // worth while to get there.
    private const int SweepsForNewton = 3000, SweepsForLastNewton = 1200, AffordableToSettle = 1200;

    // Sweeps of value iteration on a process without known ends before soft policy iteration takes over.
    private const int PatientValueIteration = 600;

    // For a kernel that computes its rows a product costs as much as two sweeps, and no chain is built: soft policy iteration with Krylov solves costs about so many sweeps, and so many
    // are given to value iteration where the bracket closes clearly faster than by the discount.
    private const int ComputedSweepsForNewton = 800, PatientWhileClosing = 240;

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

        while (IsPlainSweep(iteration.Bracket))
            if (Sweep(iteration, 1)) return NameOfSweeps(iteration.Bracket);

        string why = Why(iteration.Bracket);
        double discount = iteration.Problem.Mdp.Discount, temperature = iteration.Problem.Temperature;
        bool computed = iteration.Problem.Mdp.Kernel.Rows is null;
        using OrderedSweep? ordered = OrderedSweep.Of(iteration);
        if (ordered is not null)
        {
            double affordable = Math.Min(AffordableOrderedSweeps, PredictedSweeps(iteration.Bracket, discount, iteration.Bracket.Target) / OrderedSweepCost);
            while (ordered.Improve(iteration, MaxIterations, affordable))
                if (iteration.BackUp(MaxIterations)) return string.Create(CultureInfo.InvariantCulture, $"{new GaussSeidel().Name} from {ordered.Ends} ends, {why}");
            why += ", after Gauss-Seidel sweeps";
        }
        else
        {
            // Without ends, a bracket that does not close may only wait for something to come through all states.
            while (iteration.Bracket.History.Count < PatientValueIteration && !(computed && iteration.Bracket.History.Count >= PatientWhileClosing && Closes(iteration.Bracket)))
            {
                if (Sweep(iteration, ProbeSweeps)) return $"{new ValueIteration().Name}, {why}";
                if (PredictedSweeps(iteration.Bracket) <= AffordableSweeps) return $"{Delegate(iteration, new ValueIteration())}, {why}";
            }
        }

        // A sweep contracts by the discount at least. Once V is known to within the temperature, the policy hardly moves any more, and a few steps of Newton are enough.
        bool settles = !computed && PredictedSweeps(iteration.Bracket, discount, temperature) <= AffordableToSettle;
        while (settles && iteration.Bracket.Span > temperature)
            if (Sweep(iteration, 1)) return $"{new ValueIteration().Name}, {why}";
        bool few = computed && Closes(iteration.Bracket)
            ? PredictedSweeps(iteration.Bracket) <= ComputedSweepsForNewton
            : PredictedSweeps(iteration.Bracket, discount, iteration.Bracket.Target) <= (settles ? SweepsForLastNewton : SweepsForNewton);
        SoftAlgorithm last = few ? new ValueIteration() : new SoftPolicyIteration { Linear = LinearMethod.Krylov };
        return $"{Delegate(iteration, last)}, {why}";
    }

    /// <summary>The probe, and what follows where it predicts that few more sweeps will do.</summary>
    private protected override bool IsPlainSweep(Bracket bracket) =>
        bracket.Problem.Mdp.States > DirectStates && (bracket.History.Count != ProbeSweeps || PredictedSweeps(bracket) <= AffordableSweeps);

    private protected override string NameOfSweeps(Bracket bracket) =>
        bracket.History.Count <= ProbeSweeps ? DoneWithinTheProbe : $"{new ValueIteration().Name}, {Why(bracket)}";

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

    /// <summary>The factor by which a sweep has narrowed the bracket, over half as many sweeps as the probe has, up to the one given.</summary>
    private static double Contraction(Bracket bracket, int sweep) => Math.Pow(bracket.History[sweep - 1] / bracket.History[sweep - 1 - (ProbeSweeps / 2)], 2.0 / ProbeSweeps);

    /// <summary>Whether the bracket closes half as fast again as the discount alone makes it, so that it does not only wait for something to come through all states.</summary>
    private static bool Closes(Bracket bracket) => Contraction(bracket, bracket.History.Count) <= Math.Pow(bracket.Problem.Mdp.Discount, 1.5);

    private static double PredictedSweeps(Bracket bracket) => PredictedSweeps(bracket, Contraction(bracket, bracket.History.Count), bracket.Target);

    private static double PredictedSweeps(Bracket bracket, double rate, double target) =>
        bracket.Span <= target ? 1 : rate < 1 ? Math.Log(target / bracket.Span) / Math.Log(rate) : double.PositiveInfinity;

    private static string Why(Bracket bracket) => string.Create(
        CultureInfo.InvariantCulture, $"chosen for {bracket.Problem.Mdp.States} states and a measured contraction of {Contraction(bracket, ProbeSweeps):F4} a sweep");

    private string Delegate(SoftIteration iteration, SoftAlgorithm chosen) => (chosen with { MaxIterations = MaxIterations }).Continue(iteration);
}
