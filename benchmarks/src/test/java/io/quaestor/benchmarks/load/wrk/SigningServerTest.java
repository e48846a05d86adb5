package io.quaestor.benchmarks.load.wrk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;

class SigningServerTest {

  @Test
  void switchesASettingThatThereIs() {
    assertThat(ConfigFactory.load().getBoolean("quaestor.checkpoint.signing")).isTrue();
    assertThat(SigningServer.settings(true)).containsEntry("QUAESTOR_CHECKPOINT_SIGNING", "on");
    assertThat(SigningServer.settings(false)).containsEntry("QUAESTOR_CHECKPOINT_SIGNING", "off");
  }

  @Test
  void wantsACheckpointExactlyWhereSigningIsOn() {
    assertThatCode(() -> SigningServer.requireSigned(true, true)).doesNotThrowAnyException();
    assertThatCode(() -> SigningServer.requireSigned(false, false)).doesNotThrowAnyException();
    assertThatThrownBy(() -> SigningServer.requireSigned(false, true))
        .hasMessageContaining("on has signed no checkpoint");
    assertThatThrownBy(() -> SigningServer.requireSigned(true, false))
        .hasMessageContaining("off has signed a checkpoint");
  }
}
