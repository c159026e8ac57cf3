using Rift.Mdp;

namespace Rift.Theory;

/// <summary>How a descent of Psi chooses its steps.</summary>
public enum DescentStep
{
    /// <summary>
    /// Stop what the candidate does more often than the expert, phi = 1[mu^pihat > mu*], and take the step whose guaranteed decrease is largest (fact F3):
    /// eta = 4 alpha (1-gamma) Delta. Every step is one round of RIFT, and none can fail; convergence is slow.
    /// </summary>
    Certified,

    /// <summary>The step of Newton's method, damped by the distance of the occupancies, by conjugate gradients with the Hessian of <see cref="PsiHessian"/>, and halved until Psi falls enough. Fast where the expert is interior.</summary>
    Newton,
}

/// <summary>Finds an implicit reward whose soft optimum is a given policy: descent of Psi (9), which is convex, from any start. This is tabular maximum causal entropy inverse reinforcement learning.</summary>
/// <remarks>
/// Psi is certified at every step, the error of the solver included, and a step is taken only if Psi is proved to fall. Where the expert is interior the infimum 0 is
/// attained, by the rewards alpha log pi* up to shaping; where it is not, rewards go to infinity as Psi falls to 0.
/// </remarks>
public sealed record ImitationDescent
{
    private const double SufficientDecrease = 1e-4;
    private const int MostHalvings = 40;

    /// <summary>How steps are chosen. Default: Newton.</summary>
    public DescentStep Step { get; init; } = DescentStep.Newton;

    /// <summary>The descent has converged when Psi is proved to be at most this, in nats. Default: 1e-10.</summary>
    public double Tolerance { get; init; } = 1e-10;

    /// <summary>The most steps. Default: 1000.</summary>
    public int MaxSteps { get; init; } = 1000;

    /// <summary>Descends.</summary>
    /// <param name="imitation">The process and the expert.</param>
    /// <param name="temperature">alpha, positive.</param>
    /// <param name="start">The implicit reward to start from, S x A; null for zero.</param>
    /// <param name="cancellation">Ends the descent at the point reached.</param>
    /// <returns>Where it ended, and the steps that led there.</returns>
    public DescentReport Run(Imitation imitation, double temperature, StateActionTable? start = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(imitation);
        DescentPoint point = DescentPoint.At(imitation, temperature, start ?? StateActionTable.Constant(imitation.Mdp.States, imitation.Mdp.Actions, 0));
        List<CertifiedNumber> history = [point.Psi];
        while (!Reached(point) && history.Count <= MaxSteps && !cancellation.IsCancellationRequested)
        {
            DescentPoint? next = Step == DescentStep.Newton ? NewtonStep(point) : CertifiedStep(point);
            if (next is null) break;
            point = next;
            history.Add(point.Psi);
        }

        Outcome outcome = Reached(point) ? Outcome.Converged : cancellation.IsCancellationRequested ? Outcome.Cancelled : Outcome.ToleranceNotReached;
        return new DescentReport(point.Solution, history, outcome);
    }

    private bool Reached(DescentPoint point) => point.Psi.Value + point.Psi.ErrorBound <= Tolerance;

    private static DescentPoint? CertifiedStep(DescentPoint point)
    {
        StateActionTable tooOften = point.Visitation.Pairs.Zip(point.Imitation.ExpertVisitation.Pairs, (candidate, expert) => candidate > expert ? 1 : 0);
        double step = StepCertificate.Of(point.Imitation, point.Visitation, tooOften, point.Temperature).BestStep;
        return ProvedLower(point, point.Moved(-step * tooOften), by: 0);
    }

    // The damping falls with the gradient, so that it saves the first steps and does not slow the last (Li, Fukushima, Qi and Yamashita 2004). It is weighed by the occupancies:
    // an undamped direction is of the size mu*/mu^pihat where the expert goes and the candidate hardly does.
    private static DescentPoint? NewtonStep(DescentPoint point)
    {
        StateActionTable here = point.Visitation.Pairs, expert = point.Imitation.ExpertVisitation.Pairs, gradient = point.Imitation.Gradient(point.Visitation, point.Temperature);
        double squared = point.Temperature * point.Temperature, damping = (here - expert).Map(Math.Abs).Sum();
        StateActionTable scale = (here + expert) / squared;
        PsiHessian hessian = new(point.Imitation.Mdp, point.Solution.Policy, point.Temperature);
        StateActionTable direction = ConjugateGradients.Solve(x => hessian.Apply(x) + (damping * scale.Zip(x, (w, y) => w * y)), gradient, scale);
        double slope = gradient.InnerProduct(direction), length = 1;
        for (int halving = 0; halving < MostHalvings; halving++, length /= 2)
            if (ProvedLower(point, point.Moved(-length * direction), by: SufficientDecrease * length * slope) is { } next) return next;
        return null;
    }

    private static DescentPoint? ProvedLower(DescentPoint from, DescentPoint to, double by) =>
        to.Psi.Value + to.Psi.ErrorBound < from.Psi.Value - from.Psi.ErrorBound - by ? to : null;
}
