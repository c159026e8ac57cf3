using Rift.Mdp;

namespace Rift.Laboratory;

/// <summary>The numbers of a policy that the page shows, each with its bound.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Meaning">What it means, in a sentence.</param>
/// <param name="IsSlow">Whether it takes long enough to wait until nothing moves.</param>
/// <param name="Of">The number; null where the model says nothing of it.</param>
public sealed record Numbers(string Name, string Meaning, bool IsSlow, Func<StudiedPolicy, CertifiedNumber?> Of)
{
    /// <summary>All of them, in order.</summary>
    public static IReadOnlyList<Numbers> All { get; } =
    [
        new("Return", "The expected discounted sum of the task's rewards, without entropy.", false, policy => policy.Return),
        new("Ψ", "The divergence of the expert's choices from the policy's, along the expert's way, in nats.", false, policy => policy.Psi),
        new("Stop rate", "The share of discounted steps that the supervisor stops.", false, policy => policy.InterventionRate),
        new("Success", "The probability that an episode ends well within its steps, without a supervisor.", true, policy => policy.Success),
        new("Any stop", "The probability that an episode is stopped at least once within its steps.", true, policy => policy.AnyStop),
    ];
}
